// Asks any page as of a day: rows that are younger are hidden, what had ended is dimmed, and what a thing became later is not
// told. Rows carry their days (data-from, data-to); without this script all is shown. The day stays in this browser, and in
// the address after "#as-of=", so that it can be passed on.
(function () {
  "use strict";
  const form = document.getElementById("as-of");
  const field = document.getElementById("as-of-day");
  const clear = document.getElementById("as-of-clear");
  const said = document.getElementById("as-of-said");
  const main = document.getElementById("content");
  const KEY = "viendan-as-of";
  const listeners = [];
  let day = "";

  const isDay = (words) => /^\d{4}-\d{2}-\d{2}$/.test(words);
  const fromAddress = () => {
    const found = /(?:^#|&)as-of=(\d{4}-\d{2}-\d{2})/.exec(location.hash);
    return found ? found[1] : "";
  };

  function remembered() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch (_) {
      return ""; // a browser may refuse to remember for files
    }
  }

  function remember() {
    try {
      if (day) localStorage.setItem(KEY, day);
      else localStorage.removeItem(KEY);
    } catch (_) {
      // the address still holds it
    }
    if (!location.hash || fromAddress()) {
      history.replaceState(null, "", day ? "#as-of=" + day : location.pathname + location.search);
    }
  }

  const late = (element) => Boolean(day) && (element.dataset.from || "") > day;
  const ended = (element) => Boolean(day) && Boolean(element.dataset.to) && element.dataset.to < day;

  function mark() {
    let hidden = 0;
    for (const element of main.querySelectorAll("[data-from], [data-to]")) {
      element.classList.toggle("not-yet", late(element));
      element.classList.toggle("gone", !late(element) && ended(element));
      if (late(element)) hidden += 1;
    }
    for (const row of main.querySelectorAll("[data-any]")) {
      const own = Array.from(row.querySelectorAll("[data-from]"));
      row.classList.toggle("not-yet", own.length > 0 && own.every(late));
    }
    for (const note of main.querySelectorAll(".now[data-after]")) note.hidden = Boolean(day) && day <= note.dataset.after;
    for (const name of main.querySelectorAll(".names > li")) {
      name.classList.toggle("then", Boolean(day) && !late(name) && !ended(name));
    }
    count();
    return hidden;
  }

  // The figure beside a heading: how many of its rows are left.
  function count() {
    for (const section of main.querySelectorAll("section")) {
      const tally = section.querySelector(":scope > h2 .tally, :scope > h3 .tally");
      const rows = Array.from(section.querySelectorAll("[data-from]:not(.users > li)"));
      const gone = rows.filter(late).length;
      const none = gone > 0 && gone === rows.length;
      if (section.classList.contains("group")) section.classList.toggle("not-yet", none);
      else if (none) section.dataset.empty = said.dataset.nothing;
      else delete section.dataset.empty;
      if (!tally) continue;
      if (tally.dataset.total === undefined) tally.dataset.total = tally.textContent;
      tally.textContent = gone ? rows.length - gone + " / " + tally.dataset.total : tally.dataset.total;
    }
  }

  function tell(hidden) {
    clear.hidden = !day;
    form.classList.toggle("active", Boolean(day));
    if (!day) {
      said.textContent = "";
      return;
    }
    const shown = new Date(day + "T00:00:00Z").toLocaleDateString(document.documentElement.lang, { timeZone: "UTC" });
    const parts = [];
    if (late(main)) parts.push(said.dataset.notYet);
    else if (ended(main)) parts.push(said.dataset.gone);
    const then = Array.from(main.querySelectorAll(".names > li.then"), (item) => item.querySelector("a, strong").textContent);
    if ((late(main) || ended(main)) && then.length) parts.push(said.dataset.then.replace("{names}", () => then.join("; ")));
    parts.push(hidden ? said.dataset.hidden.replace("{count}", String(hidden)) : said.dataset.none);
    said.textContent = shown + ": " + parts.join(" ");
  }

  function set(value) {
    day = isDay(value) ? value : "";
    field.value = day;
    tell(mark());
    for (const listener of listeners) listener(day);
  }

  window.viendanAsOf = {
    day: () => day,
    onChange: (listener) => listeners.push(listener),
  };

  form.hidden = false;
  set(fromAddress() || remembered());
  if (day) remember();
  field.addEventListener("change", () => {
    set(field.value);
    remember();
  });
  clear.addEventListener("click", () => {
    set("");
    remember();
    field.focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    if (fromAddress() && fromAddress() !== day) set(fromAddress());
  });
  // Where the browser does not remember, links carry the day on.
  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (day && link && !link.hash && link.protocol === location.protocol && link.host === location.host) link.hash = "as-of=" + day;
  });
})();
