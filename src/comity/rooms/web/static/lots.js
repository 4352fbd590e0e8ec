// What the lot can bring one party: each outcome that a proposal may draw, by its own view.

import { el } from "./dom.js";
import { outcomeWords } from "./frame.js";
import { NEGLIGIBLE, gainOf } from "./gains.js";
import { chances } from "./signing.js";
import { number, percent, signed, t } from "./words.js";

const RARE = 1e-6;
const MOST_DRAWN = 200;
const MOST_SHOWN = 6;

/** A play in which one outcome is certain. */
export const certain = (outcome) => ({ kind: "lottery", outcomes: [outcome], probabilities: [1] });

/** Whether a play draws lots. */
export const isDrawn = (play) => play !== null && possible(play).length > 1;

const possible = (play) => chances(play).filter(([, chance]) => chance > RARE);

/** What can be drawn, likeliest first and the last of them left out: `{outcome, chance, gain}`. */
export function branchesOf(view, frame, constitution, name, play, round = 0) {
  const likeliest = possible(play).sort(([, a], [, b]) => b - a).slice(0, MOST_DRAWN);
  return likeliest.map(([outcome, chance]) => ({
    outcome, chance, gain: gainOf(view, frame, constitution, name, certain(outcome), round).gain,
  }));
}

/** What each draw would bring as elements, the worst first; nothing where no lot is drawn. */
export function drawBranches(view, frame, constitution, name, play, round = 0) {
  if (!isDrawn(play)) return [];
  const branches = branchesOf(view, frame, constitution, name, play, round);
  if (branches.some(({ gain }) => gain === null)) return [];
  branches.sort((a, b) => a.gain - b.gain);
  const rows = branches.slice(0, MOST_SHOWN).map(({ outcome, chance, gain }) => el("div", {},
    el("dt", {}, `${outcomeWords(frame, outcome)} (${percent(chance)})`), el("dd", {}, signed(gain))));
  const more = branches.length - rows.length;
  return [
    el("p", {}, t("table.lots")), below(branches[0]),
    el("dl", { class: "lots" }, rows), more > 0 ? el("p", { class: "small" }, t("table.more", { n: more })) : null,
  ].filter(Boolean);
}

function below({ gain }) {
  if (gain >= -NEGLIGIBLE) return null;
  return el("p", { class: "warning" }, t("table.lots_below", { loss: number(-gain) }));
}
