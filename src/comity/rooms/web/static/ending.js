// How the room ended, what that brings me, and whether the record holds together.

import { $, el, saveFile } from "./dom.js";
import { drawGain, gainOf } from "./gains.js";
import { logOf } from "./live.js";
import { foldLog } from "./protocol.js";
import { t } from "./words.js";

const CHECKS = ["chain", "seals", "signatures", "commitments"];
let drawn = false;

/** Draw the end of a room once. */
export async function drawEnd(table, seat) {
  if (drawn) return;
  drawn = true;
  const agreed = table.outcome.status === "agreed", { frame, constitution } = table.terms;
  $("end-heading").textContent = t(agreed ? "end.agreed" : "end.ended");
  $("step-end").dataset.tone = agreed ? "holds" : "none";
  const view = seat?.kept.sealed;
  if (view && agreed) {
    const gain = gainOf(view, frame, constitution, seat.name, table.outcome.play, table.round);
    $("end-gain").replaceChildren(...drawGain(gain));
  }
  $("download").addEventListener("click", () => saveFile("transcript.json", logOf(table)));
  const found = await foldLog(logOf(table), table.operator);
  $("checks").replaceChildren(
    el("p", { class: "figure", "data-tone": found.ok ? "holds" : "dead" }, t(found.ok ? "end.good" : "end.bad")),
    found.ok ? el("ul", { class: "ticks" }, CHECKS.map((name) => el("li", {}, t(`end.checks_${name}`))))
      : el("ul", { class: "plain" }, found.faults.map((fault) => el("li", {}, `${t("end.entry", { n: fault.entry })}: ${fault.what}`))));
}
