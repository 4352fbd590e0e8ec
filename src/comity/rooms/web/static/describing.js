// Terms from a description: who decides, and what is to be settled or what each can do.

import { $, el, show } from "./dom.js";
import { t } from "./words.js";

const SEPARATOR = /[,，、\n]/;
const DAY = 86400;

/** Prepare the form; returns what to do when it is sent: call `ready` with terms. */
export function onDescription(ready) {
  addIssue();
  $("add-issue").addEventListener("click", () => addIssue().querySelector("input").focus());
  $("own-parties").addEventListener("input", drawActions);
  for (const radio of document.querySelectorAll("[name=kind]")) radio.addEventListener("change", choose);
  return () => ready({ terms: described() });
}

const kind = () => document.querySelector("[name=kind]:checked").value;
const parties = () => words($("own-parties").value);
const words = (text) => [...new Set(text.split(SEPARATOR).map((word) => word.trim()).filter(Boolean))];

function choose() {
  const settle = kind() === "negotiation";
  show($("issues"), settle);
  show($("add-issue"), settle);
  show($("actions"), !settle);
  drawActions();
}

function field(label, hint, id) {
  return el("label", { class: "field" }, el("span", {}, label), el("input", { placeholder: hint, class: id, maxlength: 1000 }));
}

function addIssue() {
  const box = el("div", { class: "row" },
    field(t("open.issue"), t("open.issue_hint"), "issue-name"),
    field(t("open.options"), t("open.options_hint"), "issue-options"),
    el("button", { type: "button", class: "button quiet remove", onclick: () => {
      if ($("issues").children.length > 1) box.remove();
    } }, t("open.remove")));
  $("issues").append(box);
  return box;
}

/** One field per party, kept as far as it was filled. */
function drawActions() {
  const before = Object.fromEntries([...$("actions").querySelectorAll("input")].map((i) => [i.dataset.party, i.value]));
  $("actions").replaceChildren(...parties().map((name) => {
    const box = field(t("open.actions", { name }), t("open.actions_hint"), "party-actions");
    Object.assign(box.querySelector("input").dataset, { party: name });
    box.querySelector("input").value = before[name] ?? "";
    return box;
  }));
}

function described() {
  const players = parties(), settle = kind() === "negotiation";
  if (players.length < 2) throw new Error(t("open.too_few"));
  const frame = settle ? negotiation(players) : game(players);
  return {
    title: $("own-title").value.trim(), summary: $("own-summary").value.trim(), frame,
    constitution: constitution($("own-solution").value, settle ? "no-deal" : "maximin"), evidence: [],
    deadlines: { joining: 7 * DAY, committing: DAY, revealing: DAY, solving: 600, answering: DAY },
  };
}

const shared = { bystanders: [], states: ["always"], quantities: [] };

function negotiation(players) {
  const issues = [...$("issues").children].map((row) => ({
    name: row.querySelector(".issue-name").value.trim(), options: words(row.querySelector(".issue-options").value),
  })).filter((issue) => issue.name || issue.options.length);
  const names = new Set(issues.map((issue) => issue.name));
  const whole = issues.length && names.size === issues.length && issues.every((i) => i.name && i.options.length > 1);
  if (!whole) throw new Error(t("open.too_empty"));
  return { kind: "negotiation", form: "additive", players, issues, constraints: [], ...shared };
}

function game(players) {
  const actions = [...$("actions").querySelectorAll("input")].map((input) => words(input.value));
  if (!actions.every((names) => names.length)) throw new Error(t("open.too_idle"));
  return { kind: "normal-form", players, actions, ...shared };
}

/** The rules that are usual, in full form: everyone's own word on its wishes, and the gain rule. */
function constitution(solution, without) {
  return {
    tastes: "own", facts: "mean", prior: "linear", precision: {}, normalise: false,
    acceptance: [{ rule: "gain", divergence: "raw", tolerance: 0 }],
    solution: [solution], acceptable: {}, lotteries: true, objective: "utilitarian",
    disagreement: without, disagreement_point: {}, default: without, policy: {},
    enforcement: "binding", tie_break: "uniform",
    talk: { rounds: 0, tolerance_step: 0, revise: 0, share_evidence: false },
  };
}
