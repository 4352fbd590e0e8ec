// Where reports differ, and what each difference changes for one party, by its own view.

import { el } from "./dom.js";
import { cellWords, factIndex, isNegotiation, tasteIndex, tastesName } from "./frame.js";
import { worth } from "./model.js";
import { number, percent, t } from "./words.js";

const SAME = 1e-9;
const MOST_ROWS = 8;
const MOST_SURPRISES = 4;
const MOST_CELLS = 100;
const MOST_WISHES = 12;

/** Parts of the shared blocks on which reports differ: what each says, what it changes for me. */
export function differences(frame, reports, me, mine, play) {
  const parts = [...priorParts(frame), ...factParts(frame)];
  const found = parts.filter((part) => !agree(part, reports)).map((part) => ({
    ...part,
    values: frame.players.map((name) => part.show(reports[name].blocks[part.block])),
    effect: play && mine ? effect(frame, reports, me, mine, play, part) : null,
  }));
  return found.sort((a, b) => (b.effect ?? 0) - (a.effect ?? 0));
}

/** Where one's own guess of another's wishes is not what the other says, largest first. */
export function surprises(frame, reports, me, mine, spread) {
  return frame.players.filter((name) => name !== me && spread[name] !== null).map((name) => {
    const block = tastesName(name), said = reports[name].blocks[block], guessed = mine.blocks[block];
    const rows = tasteParts(frame, name)
      .map((part) => ({ label: part.label, guessed: guessed[part.index], said: said[part.index] }))
      .filter((row) => Math.abs(row.guessed - row.said) > Math.max(SAME, spread[name] ?? 0));
    rows.sort((a, b) => Math.abs(b.said - b.guessed) - Math.abs(a.said - a.guessed));
    return { name, rows };
  }).filter((surprise) => surprise.rows.length);
}

function priorParts(frame) {
  if (frame.states.length < 2) return [];
  const all = (values) => frame.states.map((state, k) => `${state}: ${percent(values[k])}`).join("; ");
  const show = (values) => (frame.states.length === 2 ? percent(values[1]) : all(values));
  return [{ block: "prior", indices: frame.states.map((_, k) => k), label: t("table.prior", { state: frame.states.at(-1) }), show }];
}

function factParts(frame) {
  const names = cellWords(frame), several = frame.states.length > 1;
  return frame.quantities.flatMap((quantity, k) => frame.states.flatMap((state, s) =>
    names.map((cell, c) => {
      const index = factIndex(frame, k, s, c);
      const label = t(several ? "table.fact_state" : "table.fact", { quantity, cell, state });
      return { block: "facts", indices: [index], label, show: (values) => number(values[index]) };
    })));
}

function tasteParts(frame, name) {
  const names = cellWords(frame), several = frame.states.length > 1;
  const parts = frame.quantities.map((quantity, k) => ({ label: t("table.worth_unit", { quantity, name }), index: k }));
  frame.states.forEach((state, s) => names.forEach((cell, c) => parts.push({
    label: t(several ? "table.worth_state" : "table.worth_cell", { cell, name, state }),
    index: tasteIndex(frame, s, c),
  })));
  if (isNegotiation(frame)) {
    const index = frame.quantities.length + frame.states.length * names.length;
    parts.push({ label: t("table.no_deal", { name }), index });
  }
  return parts;
}

function agree(part, reports) {
  const [first, ...others] = Object.values(reports).map((report) => report.blocks[part.block]);
  return others.every((values) => part.indices.every((k) => Math.abs(values[k] - first[k]) <= SAME));
}

/** The most that taking over another's word on a part changes what a play is worth to me. */
function effect(frame, reports, me, mine, play, part) {
  const before = worth(mine, frame, play, me);
  return Math.max(...frame.players.map((name) => {
    const values = [...mine.blocks[part.block]];
    for (const k of part.indices) values[k] = reports[name].blocks[part.block][k];
    const changed = { ...mine, blocks: { ...mine.blocks, [part.block]: values } };
    return Math.abs(worth(changed, frame, play, me) - before);
  }));
}

/**
 * All of it as elements. `spread` says by name how unsure one's guess was: nothing within it is a
 * surprise, and nothing at all where it is `null`, for nothing was guessed.
 */
export function drawDifferences(frame, reports, me, mine, play, spread = {}) {
  const rows = differences(frame, reports, me, mine, play);
  const wrong = mine ? surprises(frame, reports, me, mine, spread) : [];
  return [
    verdict(rows), ...(rows.length ? table(frame, rows) : []),
    ...wishes(frame, reports), ...wrong.map((s) => surprised(frame, s)),
  ];
}

function verdict(rows) {
  const top = rows[0];
  if (!top) return el("p", {}, t("table.differ_none"));
  if (top?.effect > SAME) return el("p", { class: "matters" }, t("table.matters_text", { part: top.label }));
  return el("p", {}, t("table.matters_none"));
}

function table(frame, rows) {
  const head = el("tr", {}, el("th", { scope: "col" }, t("table.part")),
    ...frame.players.map((name, i) => el("th", { scope: "col", class: "num" }, el("span", { class: `who p${i % 6}` }, name))),
    el("th", { scope: "col", class: "num" }, t("table.effect")));
  const body = rows.map((row, k) => el("tr", { class: k === 0 && row.effect > SAME ? "matters" : null },
    el("th", { scope: "row" }, row.label, k === 0 && row.effect > SAME ? [" ", el("span", { class: "flag" }, t("table.matters"))] : null),
    ...row.values.map((value, i) => el("td", { class: "num", "data-label": frame.players[i] }, value)),
    el("td", { class: "num", "data-label": t("table.effect") }, row.effect === null ? "–" : number(row.effect))));
  return [el("p", { class: "small" }, t("table.differ_note")), ...folded(head, body, weighty(rows))];
}

/** How many rows are shown at once: those that change something, or the first few. */
function weighty(rows) {
  const changing = rows.filter((row) => row.effect === null || row.effect > SAME).length;
  return Math.min(MOST_ROWS, Math.max(changing, 3));
}

/** A table whose rows beyond a few are folded away. */
function folded(head, body, most) {
  const make = (rows) => el("div", { class: "scroll" }, el("table", { class: "stacked" }, el("thead", {}, head.cloneNode(true)), el("tbody", {}, ...rows)));
  const first = make(body.slice(0, most)), rest = body.slice(most);
  if (!rest.length) return [first];
  return [first, el("details", {}, el("summary", {}, t("table.more", { n: rest.length })), make(rest))];
}

/** Each one's own word on what everything is worth to itself, where that is a short table. */
function wishes(frame, reports) {
  const cells = cellWords(frame);
  if (frame.states.length > 1 || cells.length > MOST_CELLS) return [];
  const rows = cells.map((name, c) => [name, tasteIndex(frame, 0, c)]);
  if (isNegotiation(frame)) rows.push([t("view.no_deal"), tasteIndex(frame, 0, cells.length)]);
  const head = el("tr", {}, el("th", { scope: "col" }, t("table.part")), ...frame.players.map((name, i) =>
    el("th", { scope: "col", class: "num" }, el("span", { class: `who p${i % 6}` }, name))));
  const said = (name, index) => reports[name].blocks[tastesName(name)][index];
  const telling = rows.filter(([, index]) => frame.players.some((name) => said(name, index) !== 0));
  if (!telling.length) return [];
  const body = telling.map(([label, index]) => el("tr", {}, el("th", { scope: "row" }, label), ...frame.players.map((name) =>
    el("td", { class: "num", "data-label": name }, number(said(name, index))))));
  return [el("h4", {}, t("table.wishes")), ...folded(head, body, MOST_WISHES)];
}

function surprised(frame, { name, rows }) {
  const place = frame.players.indexOf(name) % 6;
  const head = el("tr", {}, el("th", { scope: "col" }, t("table.part")),
    el("th", { scope: "col", class: "num" }, t("table.you_thought")),
    el("th", { scope: "col", class: "num" }, t("table.says", { name })));
  const body = rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.label),
    el("td", { class: "num", "data-label": t("table.you_thought") }, number(row.guessed)),
    el("td", { class: "num", "data-label": t("table.says", { name }) }, number(row.said))));
  return el("div", { class: `p${place}` }, el("h4", { class: "who" }, t("table.thought", { name })), ...folded(head, body, MOST_SURPRISES));
}

