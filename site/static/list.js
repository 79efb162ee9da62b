// A filter over the rows of the page's table. Without this script the table is whole.
(function () {
  "use strict";
  const table = document.getElementById("list");
  const input = document.getElementById("list-filter");
  const said = document.getElementById("list-count");
  if (!table || !input) return;
  const fold = (words) => words.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().replace(/đ/g, "d");
  const rows = Array.from(table.tBodies[0].rows, (row) => ({ row, words: fold(row.textContent) }));
  if (rows.length < 8) return;
  input.closest(".filter").hidden = false;
  input.addEventListener("input", () => {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, words } of rows) {
      row.hidden = !wanted.every((word) => words.includes(word));
      if (!row.hidden && !row.classList.contains("not-yet")) shown += 1;
    }
    said.textContent = wanted.length === 0 ? "" : shown ? shown + " / " + rows.length : said.dataset.none;
  });
})();
