// Titles while somebody writes a reference: a list under the text, by keyboard or pointer.

const OPEN = /<@([^<>@]{0,120})$/;
let count = 0;

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

export function completing(area, address) {
  const id = `titles-${++count}`;
  const list = make("ul", { id, role: "listbox", class: "titles", "aria-label": "Titles" });
  list.hidden = true;
  area.after(list);
  area.setAttribute("aria-controls", id);
  area.setAttribute("aria-autocomplete", "list");
  let options = [];
  let chosen = -1;

  const words = () => OPEN.exec(area.value.slice(0, area.selectionStart))?.[1] ?? null;

  function close() {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    chosen = (place + options.length) % options.length;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    area.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function insert(place) {
    const open = words();
    if (open === null) return close();
    const end = area.selectionStart;
    area.setRangeText(`${options[place].title}@>`, end - open.length, end, "end");
    close();
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function ask() {
    const open = words();
    if (open === null) return close();
    const response = await fetch(`${address}?q=${encodeURIComponent(open)}`).catch(() => null);
    if (!response?.ok || open !== words()) return;
    const found = await response.json();
    if (open !== words()) return;
    options = found;
    if (!options.length) return close();
    list.replaceChildren(...options.map((option, n) => make("li", { id: `${id}-${n}`, role: "option", "aria-selected": "false" },
      make("b", {}, option.title), make("span", {}, option.beside))));
    list.hidden = false;
    choose(0);
  }

  const KEYS = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: () => insert(chosen),
    Tab: () => insert(chosen),
    Escape: close,
  };

  area.addEventListener("input", ask);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden || !(event.key in KEYS) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const place = [...list.children].indexOf(event.target.closest("li"));
    if (place >= 0) insert(place);
  });
}
