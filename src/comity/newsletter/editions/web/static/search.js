// Searching everything, in the reader's own browser: what is looked for goes nowhere.
// The index is a script, not JSON, so that it also loads from a disk.
(() => {
  "use strict";
  const PAGE = 50, SNIPPET = 240;
  const WEIGHTS = [["title", 12], ["authors", 6], ["category", 4], ["summarizer", 3], ["text", 1]];
  const form = document.getElementById("search");
  const list = document.getElementById("found"), status = document.getElementById("status"), more = document.getElementById("more");
  const root = form.dataset.root;
  // From a disk a folder is not its page.
  const page = (address) => root + address + (location.protocol === "file:" ? "index.html" : "");
  let entries = [], found = [], shown = 0, terms = [];

  // Words without accents and case, one space between them, so that a word is found by its beginning.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => " " + (folded(text).match(/[\p{L}\p{N}]+/gu) || []).join(" ");

  globalThis.comityIndex = (data) => {
    entries = data.entries.map((entry, order) => {
      const fields = {
        title: words(entry.title), authors: words(entry.authors), category: words(entry.categories.join(" ")),
        summarizer: words(entry.summarizers.join(" ")), text: words(entry.text),
      };
      return { ...entry, order, fields };
    });
    for (const select of form.querySelectorAll("select[data-of]")) fill(select);
    read();
    form.hidden = false;
    search();
  };

  const valuesOf = (entry, name) => ({ category: entry.categories, summarizer: entry.summarizers, topic: entry.topics, year: entry.years })[name] || [];

  function fill(select) {
    const counts = new Map();
    for (const entry of entries) for (const value of valuesOf(entry, select.name)) counts.set(value, (counts.get(value) || 0) + 1);
    const names = [...counts.keys()].sort((a, b) => select.name === "year" ? b.localeCompare(a) : a.localeCompare(b));
    for (const name of names) select.append(new Option(`${name} (${counts.get(name)})`, name));
    select.closest(".field").hidden = names.length === 0;
  }

  // The search stands in the address, so that it can be kept and sent.
  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const [name, value] of asked) {
      const field = form.elements.namedItem(name);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value === field.value; else field.value = value;
    }
  }
  function keep() {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const hash = asked.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  function score(entry) {
    let total = 0;
    for (const term of terms) {
      let best = 0;
      for (const [name, weight] of WEIGHTS) {
        if (best >= weight || !entry.fields[name].includes(term)) continue;
        best = weight * (entry.fields[name].includes(`${term} `) || entry.fields[name].endsWith(term) ? 1.5 : 1);
      }
      if (!best) return 0;
      total += best;
    }
    return total + (entry.highlight ? 0.5 : 0);
  }

  function search() {
    const asked = new FormData(form), order = asked.get("order");
    terms = (folded(asked.get("q")).match(/[\p{L}\p{N}]+/gu) || []).map((term) => ` ${term}`);
    const wanted = [...form.querySelectorAll("select[data-of]")].filter((select) => select.value);
    const scored = [];
    for (const entry of entries) {
      if (asked.get("highlight") && !entry.highlight) continue;
      if (!wanted.every((select) => valuesOf(entry, select.name).includes(select.value))) continue;
      const points = terms.length ? score(entry) : 1;
      if (points) scored.push([points, entry]);
    }
    const newest = (a, b) => (b[1].issue ?? -1) - (a[1].issue ?? -1) || a[1].order - b[1].order;
    const best = (a, b) => b[0] - a[0] || newest(a, b);
    scored.sort(order === "new" ? newest : order === "old" ? (a, b) => newest(b, a) : best);
    found = scored.map(([, entry]) => entry);
    shown = 0;
    list.replaceChildren();
    show();
    status.textContent = found.length === 0 ? "Nothing is found." : found.length === 1 ? "One entry." : `${found.length.toLocaleString("en")} entries.`;
    keep();
  }

  function show() {
    list.append(...found.slice(shown, shown + PAGE).map(line));
    shown = Math.min(found.length, shown + PAGE);
    more.hidden = shown >= found.length;
  }

  const element = (tag, name, ...children) => { const made = document.createElement(tag); if (name) made.className = name; made.append(...children); return made; };

  function line(entry) {
    const title = element("a", "name", ...marked(entry.title));
    title.href = page(entry.address);
    const facts = [entry.authors, entry.where, entry.categories.at(-1) || ""].filter(Boolean).join(" · ");
    const small = element("span", "small", facts);
    if (entry.issue !== null) {
      const issue = element("a", "", entry.label);
      issue.href = page(entry.issue_address);
      small.append(facts ? " · " : "", issue);
    }
    const made = element("li", "line", title, ...(entry.highlight ? [" ", element("span", "flag", "highlight")] : []), small);
    const snippet = excerpt(entry.text);
    if (snippet) made.append(element("span", "snippet", ...snippet));
    made.append(...entry.corrections.map((words) => element("span", "snippet correction", words)));
    return made;
  }

  // Positions in folded text are those in the text itself as long as each letter folds to one.
  function places(text) {
    if (!terms.length) return [];
    const plain = [...text].map((letter) => { const one = folded(letter); return one.length === letter.length ? one : letter.length === 1 ? one[0] || letter : letter; }).join("");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.map((term) => term.trim()).sort((a, b) => b.length - a.length).join("|")})`, "gu");
    return [...plain.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
  }
  function marked(text, spots = places(text)) {
    const parts = [];
    let last = 0;
    for (const [start, end] of spots) { parts.push(text.slice(last, start), element("mark", "", text.slice(start, end))); last = end; }
    return [...parts, text.slice(last)];
  }
  function excerpt(text) {
    if (!terms.length) return null;
    const first = places(text)[0];
    if (!first) return null;
    const from = Math.max(0, text.lastIndexOf(" ", Math.max(0, first[0] - 80)) + 1);
    const cut = text.slice(from, from + SNIPPET).replace(/\s\S*$/, "");
    return [from ? "… " : "", ...marked(cut), from + cut.length < text.length ? " …" : ""];
  }

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  addEventListener("hashchange", () => { form.reset(); read(); search(); });
  more.addEventListener("click", show);
  status.textContent = "Loading …";
  const script = document.createElement("script");
  script.src = form.dataset.index;
  script.addEventListener("error", () => { status.textContent = "The index could not be loaded."; });
  document.head.append(script);
})();
