// What is on the table: the proposal, what it brings me, the picture, where we differ, my answer.

import { drawDifferences } from "./compare.js";
import { $, show } from "./dom.js";
import { drawBystanders, drawGain, gainOf } from "./gains.js";
import { drawBranches } from "./lots.js";
import { drawPicture } from "./picture.js";
import { spreadOf } from "./view.js";
import { t } from "./words.js";

const SLACK = 1e-9;
let drawn = 0;

/** Draw the proposal on the table for a seat, or for whoever watches. */
export function drawTable(table, seat, canAnswer) {
  const proposal = table.proposals.at(-1);
  if (drawn !== table.proposals.length) askAgain();
  answerForm(table, seat, proposal, canAnswer);
  show($("mine-box"), Boolean(seat?.kept.sealed) && table.outcome?.status !== "agreed");
  if (drawn === table.proposals.length) return;
  drawn = table.proposals.length;
  const { frame, constitution } = table.terms;
  const view = seat?.kept.sealed ?? null;
  const reports = Object.fromEntries(table.players.map((name) => [name, table.opened[name].report]));
  show($("round"), table.round > 0);
  $("round").textContent = t("table.round", { n: table.proposals.length });
  $("mine").replaceChildren(...(view ? mine(view, table.terms, seat.name, proposal.play, table.round) : []));
  $("bystanders").replaceChildren(...(view
    ? drawBystanders(view, frame, constitution, proposal.play, table.round) : []));
  $("picture").replaceChildren(...drawPicture(frame, proposal, seat?.name ?? table.players[0]));
  $("differences").replaceChildren(...drawDifferences(frame, reports, seat?.name, view, proposal.play, spreadOf(seat?.kept.draft)));
}

/** What a proposal brings me, and where it draws lots, what each draw would. */
function mine(view, { frame, constitution }, name, play, round) {
  const [banner, note] = drawGain(gainOf(view, frame, constitution, name, play, round));
  return [banner, ...drawBranches(view, frame, constitution, name, play, round), note];
}

function answerForm(table, seat, proposal, canAnswer) {
  const broken = canAnswer && proposal.public[seat.name].some((found) => !found.holds);
  show($("answer"), canAnswer);
  show($("forbidden"), broken);
  show($("accept"), !broken);
  const below = canAnswer && !broken && isBelow(table, seat, proposal);
  show($("need-not"), below);
  if (broken) $("refusal").querySelector("input[value=rule]").checked = true;
  if (below && drawn < table.proposals.length) $("refusal").querySelector("input[value=gain]").checked = true;
  if (!canAnswer) askAgain();
}

/** Leave the answer as open as it was before anything was clicked. */
function askAgain() {
  $("refusal").reset();
  show($("refusal"), false);
  show($("choice"), true);
}

/** Whether the gain rule lets this party refuse, by its own view, which nobody else can check. */
function isBelow(table, seat, proposal) {
  const { frame, constitution } = table.terms;
  const rule = constitution.acceptance.find((one) => one.rule === "gain");
  if (!rule || !seat.kept.sealed) return false;
  const { gain } = gainOf(seat.kept.sealed, frame, constitution, seat.name, proposal.play, table.round);
  return gain !== null && gain < -rule.tolerance - SLACK;
}
