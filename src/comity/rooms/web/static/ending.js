// How the room ended, what that brings me, and whether the record holds together.

import { $, el, saveFile, show } from "./dom.js";
import { drawGain, gainOf } from "./gains.js";
import { certain, isDrawn } from "./lots.js";
import { logOf } from "./live.js";
import { foldLog } from "./protocol.js";
import { forget } from "./memory.js";
import { signed, t } from "./words.js";

const CHECKS = ["chain", "seals", "signatures", "commitments"];
let drawn = false;

/** Draw the end of a room once. */
export async function drawEnd(table, seat) {
  if (drawn) return;
  drawn = true;
  const agreed = table.outcome.status === "agreed";
  $("end-heading").textContent = t(agreed ? "end.agreed" : "end.ended");
  $("step-end").dataset.tone = agreed ? "holds" : "none";
  const view = seat?.kept.sealed;
  if (view && agreed) $("end-gain").replaceChildren(...gained(view, table, seat.name));
  if (seat) forgetting(seat);
  $("download").addEventListener("click", () => saveFile("transcript.json", logOf(table)));
  const found = await foldLog(logOf(table), table.operator);
  $("checks").replaceChildren(
    el("p", { class: "figure", "data-tone": found.ok ? "holds" : "dead" }, t(found.ok ? "end.good" : "end.bad")),
    found.ok ? el("ul", { class: "ticks" }, CHECKS.map((name) => el("li", {}, t(`end.checks_${name}`))))
      : el("ul", { class: "plain" }, found.faults.map((fault) => el("li", {}, `${t("end.entry", { n: fault.entry })}: ${fault.what}`))));
}

/** What the agreement brings me; after a draw what was drawn, and what could be expected before. */
function gained(view, { terms, outcome, round }, name) {
  const { frame, constitution } = terms, { play, draw } = outcome;
  const by = (what) => gainOf(view, frame, constitution, name, what, round);
  if (!isDrawn(play)) return drawGain(by(play));
  const expected = by(play).gain, [banner, note] = drawGain(by(certain(draw.outcome)), t("end.drawn_worth"));
  const before = expected === null ? null : el("p", {}, t("end.expected", { gain: signed(expected) }));
  return [banner, before, note].filter(Boolean);
}

/** Offer to delete what this browser keeps of the seat, and say once that it is gone. */
function forgetting(seat) {
  show($("forgetting"), Boolean(seat.kept.secret));
  $("forget").addEventListener("click", () => {
    forget(seat.room);
    for (const id of ["end-gain", "mine-box", "bystanders", "forget"]) show($(id), false);
    $("forget-note").textContent = t("end.forgotten");
    $("forget-note").focus();
  });
}
