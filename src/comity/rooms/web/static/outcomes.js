// What the picture shows as a table, for whoever reads numbers rather than pictures.

import { el } from "./dom.js";
import { outcomeWords } from "./frame.js";
import { number, t } from "./words.js";

const MOST_ROWS = 100;

/** Every outcome, the start and the proposal by their worths; nothing where there are too many. */
export function drawOutcomes(frame, proposal, outcomes) {
  if (!outcomes.length || outcomes.length > MOST_ROWS) return [];
  const rows = outcomes.map(({ outcome, worths }) => row(outcomeWords(frame, outcome), worths, frame));
  const marks = [row(t("table.start_row"), proposal.disagreement, frame)];
  if (proposal.play) marks.push(row(t("table.proposal"), proposal.payoffs, frame));
  const heads = frame.players.map((name, i) =>
    el("th", { scope: "col", class: "num" }, el("span", { class: `who p${i % 6}` }, name)));
  const head = el("tr", {}, el("th", { scope: "col" }, t("view.outcome")), heads);
  return [el("details", {}, el("summary", {}, t("table.in_numbers")),
    el("div", { class: "scroll" }, el("table", { class: "stacked" },
      el("caption", { class: "small" }, t("table.in_numbers_note")),
      el("thead", {}, head), el("tbody", {}, marks, rows))))];
}

const row = (name, worths, frame) => el("tr", {}, el("th", { scope: "row" }, name), worths.map((worth, i) =>
  el("td", { class: "num", "data-label": frame.players[i] }, worth === null ? t("table.cannot_tell") : number(worth))));
