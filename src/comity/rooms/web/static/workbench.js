// The workbench: the views of all parties side by side, and the agreement that follows.

import { ask } from "./api.js";
import { $, complain, el } from "./dom.js";
import { gainOf, toneOf } from "./gains.js";
import { drawPicture } from "./picture.js";
import { draftOf, drawView, reportOf } from "./view.js";
import { number, signed, t } from "./words.js";

const PAUSE = 350;
const ANY = 100;
const worthTo = (name) => t("bench.worth", { name });
const TOLD = { mine: worthTo, others: worthTo };
const trouble = document.querySelector("#bench > .error");
let terms = null, drafts = {}, largest = 1, timer = 0, asked = 0, chosen = 0;

/** Begin with terms and views, of an example or of a file. */
function begin(found) {
  terms = structuredClone(found.terms);
  drafts = Object.fromEntries(terms.frame.players.map((name) => [name, draftOf(terms.frame, name, found.reports[name])]));
  $("bench-title").textContent = terms.title;
  $("bench-summary").textContent = terms.summary;
  choose($("bench-solution"), terms.constitution.solution[0]);
  largest = distance(found.reports) || 1;
  $("bench-tolerance").value = ANY;
  toleranceMoved();
  $("bench-views").replaceChildren(...terms.frame.players.map(view));
  later(0);
}

function view(name, place) {
  const form = el("div");
  drawView(form, terms.frame, name, drafts[name], () => later(PAUSE), TOLD);
  return el("details", { class: `p${place % 6}` }, el("summary", {}, el("span", { class: "who" }, t("bench.view", { name }))), form);
}

/** Choose a solution, adding it where it is not among those offered. */
function choose(select, notion) {
  if (![...select.options].some((option) => option.value === notion)) {
    select.append(el("option", { value: notion }, t(`solution.${notion}`)));
  }
  select.value = notion;
}

/** The largest difference between numbers of two views. */
function distance(reports) {
  const all = Object.values(reports).map((report) => Object.values(report.blocks).flat());
  return Math.max(...all.flatMap((one) => all.map((other) => Math.max(...one.map((v, k) => Math.abs(v - other[k]))))));
}

const tolerance = () => largest * Number($("bench-tolerance").value) / ANY;

function toleranceMoved() {
  const any = Number($("bench-tolerance").value) === ANY;
  $("bench-tolerance-out").textContent = any ? t("bench.any_distance") : number(tolerance());
}

/** The terms with the rules that the controls say. */
function changedTerms() {
  const { constitution } = terms, any = Number($("bench-tolerance").value) === ANY;
  const others = constitution.acceptance.filter((rule) => rule.rule !== "public");
  const acceptance = any ? others : [...others, { rule: "public", divergence: "raw", tolerance: tolerance() }];
  return { ...terms, constitution: { ...constitution, acceptance, solution: [$("bench-solution").value], acceptable: {} } };
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(compute, pause);
}

async function compute() {
  const turn = ++asked, changed = changedTerms();
  const reports = Object.fromEntries(Object.entries(drafts).map(([name, draft]) => [name, reportOf(terms.frame, name, draft)]));
  $("bench-result").setAttribute("aria-busy", "true");
  try {
    const answer = await ask("/workbench/agree", { body: { terms: changed, reports } });
    if (turn !== asked) return;
    complain(trouble, answer.proposal ? "" : t("bench.too_slow"));
    if (answer.proposal) draw(changed, reports, answer);
  } catch (error) {
    if (turn === asked) complain(trouble, error.message);
  } finally {
    if (turn === asked) $("bench-result").removeAttribute("aria-busy");
  }
}

function draw(changed, reports, { proposal, lines }) {
  const { frame, constitution } = changed;
  const told = lines.length === 1 ? el("p", { class: "offer" }, lines[0][1])
    : lines.length ? el("ul", { class: "offer" }, lines.map(([often, what]) => el("li", {}, el("b", {}, often), ` ${what}`)))
      : el("p", { class: "offer" }, t("table.none"));
  $("bench-proposal").replaceChildren(told);
  $("bench-gains").replaceChildren(gains(frame, constitution, reports, proposal));
  $("bench-picture").replaceChildren(...drawPicture(frame, proposal, frame.players[0]));
}

function gains(frame, constitution, reports, proposal) {
  const limit = constitution.acceptance.find((rule) => rule.rule === "gain");
  const rows = frame.players.map((name, place) => {
    const found = gainOf(reports[name], frame, constitution, name, proposal.play);
    const allowed = proposal.play && proposal.public[name].every((one) => one.holds);
    const worse = limit && found.gain !== null && found.gain < -limit.tolerance - 1e-9;
    const word = !proposal.play ? "–" : allowed && !worse ? t("bench.accepts") : t("bench.refuses");
    const shown = (value, words = number) => (value === null ? t("table.cannot_tell") : words(value));
    return el("tr", { "data-tone": toneOf(found.gain) },
      el("th", { scope: "row" }, el("span", { class: `who p${place % 6}` }, name)),
      el("td", { class: "num", "data-label": t("bench.deal_worth") }, found.deal === null ? "–" : number(found.deal)),
      el("td", { class: "num", "data-label": t("bench.default_worth") }, shown(found.without)),
      el("td", { class: "num", "data-label": t("table.gain_short") }, found.deal === null ? "–" : shown(found.gain, signed)),
      el("td", { "data-label": t("bench.answer") }, word));
  });
  const heads = [t("bench.who"), t("bench.deal_worth"), t("bench.default_worth"), t("table.gain_short"), t("bench.answer")];
  return el("table", { class: "stacked" },
    el("thead", {}, el("tr", {}, heads.map((head, k) => el("th", { scope: "col", class: k && k < 4 ? "num" : null }, head)))),
    el("tbody", {}, rows));
}

/** Begin with what is loaded, unless something else was chosen meanwhile. */
async function load(work) {
  const turn = ++chosen;
  complain(trouble, "");
  try {
    const found = await work();
    if (turn === chosen) begin(found);
  } catch (error) {
    if (turn === chosen) complain(trouble, t("bench.bad", { detail: error.message }));
  }
}

const example = () => load(() => ask(`/static/examples/${$("bench-example").value}.json`));
$("bench-example").addEventListener("change", example);
$("bench-solution").addEventListener("change", () => later(0));
$("bench-tolerance").addEventListener("input", () => { toleranceMoved(); later(PAUSE); });
$("bench-file").addEventListener("change", () => load(async () => {
  const file = $("bench-file").files[0];
  const format = file.name.toLowerCase().endsWith(".json") ? "json" : "toml";
  return ask("/workbench/case", { body: { text: await file.text(), format } });
}));
await example();
