// Search in an index of scripts (a page from file:// can load nothing else). Words are folded as the program folded them;
// records stand in order of weight, and those that have the words as typed come first.
(function () {
  "use strict";
  const said = document.getElementById("search-said");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const box = document.getElementById("site-search");
  const STEP = 20;
  const SCANNED = 4000;
  const RANKED = 400; // so many of the weightiest matches are looked at again
  const waiting = new Map();
  const loaded = new Map();
  let index = null;
  let hits = [];
  let shown = 0;
  let turn = 0;

  const plain = (words) => words.normalize("NFC").toLowerCase();
  const fold = (words) => words.normalize("NFD").toLowerCase().replace(/đ/g, "d").replace(/\p{M}+/gu, "");
  const wordsOf = (words) => Array.from(new Set(fold(words).match(/[\p{L}\p{N}]+/gu) || []));

  window.viendanSearch = function (kind, number, value) {
    if (kind === "index") {
      index = value;
      start();
      return;
    }
    loaded.set(kind + number, value);
    const tell = waiting.get(kind + number);
    if (tell) tell(value);
  };

  function load(kind, number) {
    const name = kind + number;
    if (loaded.has(name)) return Promise.resolve(loaded.get(name));
    return new Promise((resolve) => {
      const before = waiting.get(name);
      waiting.set(name, (value) => {
        if (before) before(value);
        resolve(value);
      });
      if (before) return;
      const script = document.createElement("script");
      script.src = said.dataset.top + "search/" + kind + "-" + number + ".js";
      document.head.append(script);
    });
  }

  // The files whose words may begin with this one.
  function filesFor(word) {
    const files = [];
    index.words.forEach((first, number) => {
      const next = index.words[number + 1];
      if (first <= word + "\uffff" && (next === undefined || next > word || next.startsWith(word))) files.push(number);
    });
    return files;
  }

  function unpack(packed) {
    let last = 0;
    return packed.split(" ").map((step) => (last += parseInt(step, 36)));
  }

  async function numbersOf(word, whole) {
    const found = new Set();
    for (const number of filesFor(word)) {
      const words = await load("words", number);
      for (const [known, packed] of Object.entries(words)) {
        if (whole ? known === word : known.startsWith(word)) unpack(packed).forEach((record) => found.add(record));
      }
    }
    return found;
  }

  // Words that are everywhere have no list of their own: look through the weightiest records.
  async function scan(words) {
    const found = [];
    for (let number = 0; words.length && number < Math.min(index.records, SCANNED); number += 1) {
      const known = wordsOf((await record(number)).slice(2).join(" "));
      if (words.every((word) => known.includes(word))) found.push(number);
    }
    return found;
  }

  async function find(query) {
    const words = wordsOf(query).filter((word) => !index.common.includes(word));
    if (!words.length) return scan(wordsOf(query));
    const last = words[words.length - 1];
    let result = null;
    for (const word of words) {
      const numbers = await numbersOf(word, word !== last);
      result = result === null ? numbers : new Set([...result].filter((number) => numbers.has(number)));
      if (!result.size) return [];
    }
    return [...result].sort((first, second) => first - second);
  }

  async function record(number) {
    const part = await load("records", Math.floor(number / index.each));
    return part[number % index.each];
  }

  // Folding alone would put words with other marks on a level with those as typed.
  async function rank(numbers, query) {
    const asTyped = plain(query).trim();
    const folded = fold(query).trim();
    const scored = [];
    for (const number of numbers.slice(0, RANKED)) {
      const found = await record(number);
      if (isLate(found)) continue;
      const words = found.slice(2).join(" ");
      scored.push([number, plain(words).includes(asTyped) ? 0 : fold(words).includes(folded) ? 1 : 2]);
    }
    scored.sort((first, second) => first[1] - second[1] || first[0] - second[0]);
    return [...scored.map((pair) => pair[0]), ...numbers.slice(RANKED)];
  }

  const day = () => (window.viendanAsOf ? window.viendanAsOf.day() : "");
  const isLate = (found) => Boolean(day()) && found[5] > day();

  function add(kind, path, vi, en, title, first, last, todayVi, todayEn) {
    const item = document.createElement("li");
    const tag = document.createElement("span");
    tag.className = "kind";
    tag.textContent = said.dataset[kind];
    const link = document.createElement("a");
    link.href = said.dataset.root + path;
    const english = said.dataset.language === "en";
    link.textContent = english && en ? en : vi;
    if (english && !en) link.lang = "vi";
    item.append(tag, link);
    const now = english ? todayEn : todayVi;
    if (now && !(day() && day() <= last)) {
      const note = document.createElement("span");
      note.className = "now";
      note.textContent = said.dataset.today + " " + now;
      item.append(" ", note);
    }
    if (title && !vi.includes(title)) {
      const line = document.createElement("span");
      line.className = "line-title";
      line.lang = "vi";
      line.textContent = title;
      item.append(line);
    }
    list.append(item);
  }

  async function show() {
    const mine = turn;
    const next = hits.slice(shown, shown + STEP);
    for (const number of next) {
      const found = await record(number);
      if (mine !== turn) return;
      if (!isLate(found)) add(...found);
    }
    shown += next.length;
    more.hidden = shown >= hits.length;
  }

  function say(template, query) {
    said.textContent = template.replace("{count}", String(hits.length)).replace("{query}", () => query);
  }

  async function search(query) {
    turn += 1;
    const mine = turn;
    const found = query.trim() ? await rank(await find(query), query) : [];
    if (mine !== turn) return;
    hits = found;
    shown = 0;
    list.replaceChildren();
    if (!query.trim()) said.textContent = said.dataset.idle;
    else say(hits.length > 1 ? said.dataset.found : hits.length ? said.dataset.one : said.dataset.none, query.trim());
    await show();
  }

  function start() {
    const asked = new URLSearchParams(location.search).get("q") || "";
    box.value = asked;
    let timer = 0;
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => search(box.value), 120);
    });
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      search(box.value);
    });
    more.addEventListener("click", show);
    if (window.viendanAsOf) window.viendanAsOf.onChange(() => search(box.value));
    search(asked);
  }
})();
