// The words of the reader's language, from the same catalogue as the server's.

const code = document.documentElement.dataset.language || "en";
const response = await fetch(`/static/words/${code}.json`);
const { entries, tag } = await response.json();
const plural = new Intl.PluralRules(tag);

/** The text of a key, its placeholders filled; `n` chooses the plural form. */
export function t(key, values = {}) {
  let entry = entries[key];
  if (entry === undefined) return key;
  if (typeof entry === "object") entry = entry[plural.select(Number(values.n))] ?? entry.other;
  return entry.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export const has = (key) => key in entries;

/** A number with about three significant digits and a true minus sign. */
export function number(value) {
  const size = Math.abs(value);
  if (size < 5e-4) return "0";
  const places = size >= 1000 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(size)));
  const text = size.toFixed(Math.min(places, 3));
  const [whole, part = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, entries["format.group"]);
  const rest = part.replace(/0+$/, "");
  return (value < 0 ? "−" : "") + grouped + (rest && entries["format.decimal"] + rest);
}

/** A change with its sign. */
export function signed(value) {
  const text = number(value);
  return value > 0 && text !== "0" ? `+${text}` : text;
}

export const percent = (share) => t("format.percent", { number: number(100 * share) });

/** Names as a sentence lists them. */
export function listed(names) {
  if (names.length < 2) return names.join("");
  return names.slice(0, -1).join(entries["format.comma"]) + entries["format.and"] + names.at(-1);
}

/** Show times of the server in the reader's own time zone. */
export function localTimes(root) {
  const whole = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" });
  const short = new Intl.DateTimeFormat(tag, { timeStyle: "short" });
  const today = new Date().toDateString();
  for (const time of root.querySelectorAll("time[data-time]")) {
    const when = new Date(Number(time.dataset.time));
    time.dateTime = when.toISOString();
    time.textContent = (when.toDateString() === today ? short : whole).format(when);
  }
}
