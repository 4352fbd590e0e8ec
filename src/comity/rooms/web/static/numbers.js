// A view by its numbers: probabilities, facts, and what everything is worth to whom.

import { el } from "./dom.js";
import { cellWords, factIndex, isNegotiation, tasteIndex, tastesName } from "./frame.js";
import { affected } from "./model.js";
import { percent, t } from "./words.js";

const OWN = { mine: () => t("view.mine"), others: (name) => t("view.others", { name }) };

/** Fill an element with inputs for a view; `changed` is called after every change. */
export function draw(root, frame, me, report, changed, told = OWN) {
  const others = affected(frame).filter((name) => name !== me);
  root.replaceChildren(...[
    report.blocks.prior ? prior(frame, report, changed) : null,
    ...tastes(frame, me, report, changed, told.mine(me)),
    ...frame.quantities.map((_, k) => facts(frame, report, k, changed)),
    ...others.map((name) => el("details", { class: placeClass(frame, name) },
      el("summary", {}, told.others(name)), ...tastes(frame, name, report, changed, null))),
  ].filter(Boolean));
}

/** The view with its probabilities brought to a sum of one. */
export function normalised(report) {
  const prior = report.blocks.prior;
  if (!prior) return report;
  const total = prior.reduce((a, b) => a + b, 0);
  const share = total > 0 ? prior.map((p) => p / total) : prior.map(() => 1 / prior.length);
  return { ...report, blocks: { ...report.blocks, prior: share } };
}

const placeClass = (frame, name) => {
  const place = frame.players.indexOf(name);
  return place < 0 ? "bystander" : `p${place % 6}`;
};

function prior(frame, report, changed) {
  const total = el("p", { class: "small", "aria-live": "polite" });
  const values = report.blocks.prior;
  const sum = () => {
    const all = values.reduce((a, b) => a + b, 0);
    total.textContent = Math.abs(all - 1) < 1e-6 ? "" : t("view.total", { total: percent(all) });
  };
  const id = unique("prior");
  const sliders = frame.states.map((state, k) => {
    const output = el("output", { for: `${id}-${k}` }, percent(values[k]));
    const input = el("input", { type: "range", id: `${id}-${k}`, min: 0, max: 100, value: 100 * values[k], oninput: (e) => {
      values[k] = Number(e.target.value) / 100;
      if (values.length === 2) mirror(1 - k);
      output.textContent = percent(values[k]);
      sum();
      changed();
    } });
    return { input, output, row: el("div", { class: "slide" }, el("label", { for: `${id}-${k}` }, state), input, output) };
  });
  const mirror = (k) => {
    values[k] = 1 - values[1 - k];
    sliders[k].input.value = 100 * values[k];
    sliders[k].output.textContent = percent(values[k]);
  };
  sum();
  return el("fieldset", { class: "issue" }, el("legend", {}, t("view.prior")), ...sliders.map((s) => s.row), total);
}

function facts(frame, report, quantity, changed) {
  const name = frame.quantities[quantity], title = t("view.facts", { quantity: name });
  const columns = frame.states.map((state, s) => ({
    label: frame.states.length > 1 ? state : name,
    index: (cell) => factIndex(frame, quantity, s, cell),
  }));
  return el("details", {}, el("summary", {}, title), grid(frame, title, report.blocks.facts, columns, changed));
}

/** Inputs for what is worth something to one: units, outcomes, no deal. */
function tastes(frame, owner, report, changed, title) {
  const values = report.blocks[tastesName(owner)], parts = [];
  const heading = t("view.tastes", { name: owner });
  if (title) parts.push(el("h3", {}, title));
  const single = frame.quantities.map((name, k) => [t("view.weights", { name: owner }) + `: ${name}`, k]);
  if (isNegotiation(frame) && frame.players.includes(owner)) single.push([t("view.no_deal"), values.length - 1]);
  parts.push(...single.map(([label, index]) => cell(values, index, label, changed, true)));
  const columns = frame.states.map((state, s) => ({
    label: frame.states.length > 1 ? state : t("view.payoff"),
    index: (k) => tasteIndex(frame, s, k),
  }));
  if (frame.states.length === 1) columns[0].label = owner;
  parts.push(grid(frame, heading, values, columns, changed));
  return parts;
}

function grid(frame, title, values, columns, changed) {
  const rows = cellWords(frame).map((name, k) => el("tr", {}, el("th", { scope: "row" }, name),
    ...columns.map((column) => el("td", { class: "num", "data-label": column.label },
      cell(values, column.index(k), `${name}, ${column.label}`, changed, false)))));
  const head = el("tr", {}, el("th", { scope: "col" }, t("view.outcome")),
    ...columns.map((column) => el("th", { scope: "col", class: "num" }, column.label)));
  return el("div", { class: "scroll", role: "region", "aria-label": title, tabindex: 0 },
    el("table", { class: "numbers" }, el("caption", { class: "small" }, title), el("thead", {}, head), el("tbody", {}, rows)));
}

function cell(values, index, label, changed, visible) {
  const input = el("input", { type: "number", step: "any", value: rounded(values[index]), "aria-label": visible ? null : label, oninput: (e) => {
    if (!Number.isFinite(e.target.valueAsNumber)) return;
    values[index] = e.target.valueAsNumber;
    changed();
  } });
  return visible ? el("label", { class: "field across" }, el("span", {}, label), input) : input;
}

// Shown shorter than it is kept: only what somebody types replaces a number.
const rounded = (value) => Number(value.toPrecision(6));

let made = 0;
const unique = (name) => `${name}-${++made}`;

