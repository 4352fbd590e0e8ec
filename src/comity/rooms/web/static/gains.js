// What a proposal brings one party, by its own view: computed here, told to nobody.

import { el } from "./dom.js";
import { defaultWorth, worth } from "./model.js";
import { number, signed, t } from "./words.js";

export const NEGLIGIBLE = 1e-9;

/** Worth of a play and of no agreement to a party, and the gain; `null` where nobody can tell. */
export function gainOf(view, frame, constitution, name, play, round = 0) {
  const without = defaultWorth(view, frame, constitution, name, round);
  const deal = play ? worth(view, frame, play, name, round) : null;
  const gain = deal === null || without === null ? null : deal - without;
  return { deal, without, gain };
}

/** Tone of a gain, for colours that words repeat. */
export function toneOf(gain) {
  if (gain === null) return "none";
  return gain < -NEGLIGIBLE ? "dead" : "holds";
}

export function gainWords(gain) {
  if (gain === null) return t("table.cannot_tell");
  if (Math.abs(gain) <= NEGLIGIBLE) return t("table.even");
  return gain > 0 ? t("table.gains", { gain: number(gain) }) : t("table.loses", { loss: number(-gain) });
}

/** What a proposal does to those who are affected without deciding, by one's own view. */
export function drawBystanders(view, frame, constitution, play, round) {
  if (!frame.bystanders.length) return [];
  const told = (value) => (value === null ? t("table.cannot_tell") : number(value));
  const rows = frame.bystanders.map((name) => {
    const { deal, without } = bystander(view, frame, constitution, name, play, round);
    return el("tr", {}, el("th", { scope: "row" }, name),
      el("td", { class: "num", "data-label": t("bench.deal_worth") }, told(deal)),
      el("td", { class: "num", "data-label": t("bench.default_worth") }, told(without)));
  });
  const heads = [t("bench.who"), t("bench.deal_worth"), t("bench.default_worth")];
  return [el("h3", {}, t("table.bystanders")), el("table", { class: "stacked" },
    el("thead", {}, el("tr", {}, heads.map((head, k) => el("th", { scope: "col", class: k ? "num" : null }, head)))),
    el("tbody", {}, rows))];
}

/** A bystander of a negotiation has no worth of no deal: nobody stated one. */
function bystander(view, frame, constitution, name, play, round) {
  if (frame.kind !== "negotiation") return gainOf(view, frame, constitution, name, play, round);
  return { deal: play ? worth(view, frame, play, name, round) : null, without: null };
}

/** The gain as a banner with its two parts; `name` says what it is that brings it. */
export function drawGain({ deal, without, gain }, name = t("table.worth")) {
  const told = (value, words = number) => (value === null ? t("table.cannot_tell") : words(value));
  const row = (name, text) => el("div", {}, el("dt", {}, name), el("dd", {}, text));
  return [
    el("div", { class: "gain-told", "data-tone": toneOf(gain) },
      el("p", { class: "figure" }, gainWords(gain)),
      el("dl", {}, row(name, told(deal)), row(t("table.without"), told(without)), row(t("table.gain"), told(gain, signed)))),
    el("p", { class: "small" }, t("table.mine_note")),
  ];
}
