// A filter over the findings of the page by severity, kind and words. Without this script all of them are shown.
(function () {
  "use strict";
  const form = document.getElementById("findings-filter");
  const said = document.getElementById("findings-count");
  if (!form || !said) return;
  const fold = (words) => words.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().replace(/đ/g, "d");
  const items = Array.from(document.querySelectorAll("li.finding"), (item) => ({ item, words: null }));
  const sections = Array.from(document.querySelectorAll("section.finding-kind"));
  const show = () => {
    const severity = form.elements.severity.value;
    const kind = form.elements.kind.value;
    const wanted = fold(form.elements.words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of items) {
      const { item } = entry;
      let fits = (!severity || item.dataset.severity === severity) && (!kind || item.dataset.kind === kind);
      if (fits && wanted.length) {
        entry.words ??= fold(item.textContent);
        fits = wanted.every((word) => entry.words.includes(word));
      }
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const section of sections) section.hidden = !section.querySelector("li.finding:not([hidden])");
    const all = !severity && !kind && !wanted.length;
    said.textContent = all ? "" : shown ? shown + " / " + items.length : said.dataset.none;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show(); // a browser that goes back keeps what was chosen
})();
