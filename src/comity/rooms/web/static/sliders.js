// A view of a plain negotiation by sliders: how much each issue matters, how good each option is.

import { el } from "./dom.js";
import { tastesName } from "./frame.js";
import { affected } from "./model.js";
import { number, t } from "./words.js";

const SCALE = 100;
const MOST_OPTIONS = 8;

// Standard deviation that each word stands for, as in the interview of `comity new`.
const SURENESS = { certain: 0, quite: 0.05, fairly: 0.1, not: 0.2, guess: 0.3 };

/** Sliders are for issues that are valued one by one, with nothing uncertain between. */
export function suits(frame) {
  return frame.kind === "negotiation" && frame.form === "additive" && frame.states.length === 1
    && !frame.quantities.length && !frame.bystanders.length;
}

/** What the sliders say before anyone moves them. */
export function freshDraft(frame, me) {
  const guess = {};
  for (const name of frame.players) if (name !== me) guess[name] = { ...freshWishes(frame), sure: "not", touched: false };
  return { kind: "sliders", mine: freshWishes(frame), guess };
}

function freshWishes(frame) {
  return {
    weights: frame.issues.map(() => 50),
    ratings: frame.issues.map((issue) => issue.options.map(() => 50)),
    noDeal: 0,
  };
}

/** How unsure each guess is, on the scale of the worths; `null` where nothing was guessed. */
export function spreadOf(draft) {
  return Object.fromEntries(Object.entries(draft.guess).map(([name, said]) =>
    [name, said.touched ? SCALE * SURENESS[said.sure] : null]));
}

/** The view that the sliders say. */
export function reportOf(frame, me, draft) {
  const blocks = {};
  for (const name of affected(frame)) {
    const wishes = name === me ? draft.mine : draft.guess[name];
    blocks[tastesName(name)] = [...worths(wishes).flat(), wishes.noDeal];
  }
  return { blocks, discount: frame.players.map(() => 1) };
}

/** Worth of every option, so that the best of everything is worth 100. */
function worths(wishes) {
  const scaled = wishes.ratings.map(stretched);
  const total = wishes.weights.reduce((a, w, k) => a + (flat(scaled[k]) ? 0 : w), 0) || 1;
  return scaled.map((row, k) => row.map((share) => (SCALE * wishes.weights[k] / total) * share));
}

const flat = (row) => row.every((share) => share === 0);

/** Ratings stretched from worst (0) to best (1); all 0 where every option is as good. */
function stretched(row) {
  const low = Math.min(...row), high = Math.max(...row);
  return row.map((value) => (high > low ? (value - low) / (high - low) : 0));
}

/** Fill an element with the sliders; `changed` is called with the draft after every move. */
export function draw(root, frame, me, draft, changed) {
  const mine = el("div");
  const redraw = () => mine.replaceChildren(...wishes(frame, draft.mine, "mine", moved, true));
  const tradeoff = el("p", { class: "tradeoff", "aria-live": "polite" });
  const moved = () => { tradeoff.textContent = tradeoffWords(frame, draft.mine); changed(draft); };
  redraw();
  tradeoff.textContent = tradeoffWords(frame, draft.mine);
  root.replaceChildren(mine, tradeoff, ...Object.keys(draft.guess).map((name) =>
    guessed(frame, name, draft, () => { draft.guess[name].touched = true; changed(draft); })));
}

function wishes(frame, said, id, moved, withNoDeal) {
  const parts = [
    el("h3", {}, t("view.options")),
    el("p", { class: "small" }, t("view.options_note")),
    ...frame.issues.map((issue, k) => options(frame, issue, k, said, id, moved)),
  ];
  if (frame.issues.length > 1) {
    parts.push(
      el("h3", {}, t("view.matters")),
      el("p", { class: "small" }, t("view.matters_note")),
      ...frame.issues.map((issue, k) => slider(`${id}-weight-${k}`, t("view.weight", { issue: issue.name }),
        said.weights[k], (v) => { said.weights[k] = v; moved(); })),
    );
  }
  if (withNoDeal) {
    parts.push(
      el("h3", {}, t("view.no_deal")),
      slider(`${id}-no-deal`, t("view.no_deal_note"), said.noDeal, (v) => { said.noDeal = v; moved(); }),
    );
  }
  return parts;
}

/** Sliders for the options of an issue; of many, the two ends, and a straight line between. */
function options(frame, issue, k, said, id, moved) {
  const count = issue.options.length, row = said.ratings[k];
  const name = (j) => `${id}-option-${k}-${j}`;
  const box = el("fieldset", { class: "issue" }, el("legend", {}, issue.name));
  if (count <= MOST_OPTIONS) {
    issue.options.forEach((option, j) => box.append(
      slider(name(j), option, row[j], (v) => { row[j] = v; moved(); })));
    return box;
  }
  const line = () => row.forEach((_, j) => { row[j] = ends[0] + (ends[1] - ends[0]) * j / (count - 1); });
  const ends = [row[0], row.at(-1)];
  ["view.lowest", "view.highest"].forEach((key, j) => box.append(slider(name(j),
    t(key, { option: issue.options.at(j ? -1 : 0) }), ends[j],
    (v) => { ends[j] = v; line(); moved(); })));
  return box;
}

function guessed(frame, name, draft, moved) {
  const said = draft.guess[name], body = el("div");
  const fill = () => body.replaceChildren(...wishes(frame, said, `guess-${frame.players.indexOf(name)}`, moved, true));
  fill();
  const opposite = el("button", { type: "button", class: "button quiet", onclick: () => {
    said.ratings = draft.mine.ratings.map((row) => row.map((v) => 100 - v));
    said.weights = [...draft.mine.weights];
    fill();
    moved();
  } }, t("view.guess_opposite"));
  const sure = el("select", { onchange: (e) => { said.sure = e.target.value; moved(); } },
    Object.keys(SURENESS).map((word) => el("option", { value: word, selected: word === said.sure }, t(`view.sure_${word}`))));
  return el("details", { class: `p${frame.players.indexOf(name) % 6}` },
    el("summary", {}, t("view.guess", { name })),
    el("p", { class: "small" }, t("view.guess_note")),
    el("p", {}, opposite), body,
    el("label", { class: "field" }, el("span", {}, t("view.sure")), sure));
}

function slider(id, label, value, moved) {
  const output = el("output", { for: id }, String(Math.round(value)));
  const input = el("input", { type: "range", id, min: 0, max: 100, step: 1, value, oninput: (e) => {
    output.textContent = e.target.value;
    moved(Number(e.target.value));
  } });
  return el("div", { class: "slide" }, el("label", { for: id }, label), input, output);
}

/** What the weights of the two weightiest issues mean, as a trade. */
function tradeoffWords(frame, said) {
  const order = frame.issues.map((issue, k) => [said.weights[k], issue.name]).sort((a, b) => b[0] - a[0]);
  if (order.length < 2 || order[1][0] <= 0) return "";
  const [first, second] = order, times = first[0] / second[0];
  const names = { first: first[1], second: second[1], times: number(times) };
  return t(Math.abs(times - 1) < 0.005 ? "view.tradeoff_equal" : "view.tradeoff", names);
}
