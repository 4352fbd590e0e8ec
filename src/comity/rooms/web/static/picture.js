// What could be agreed, as a picture: every outcome by its worth, the proposal, the start.

import { el, svg } from "./dom.js";
import { cellsIn, isAllowed, outcomeAt, outcomeCount } from "./frame.js";
import { cellValues } from "./model.js";
import { drawOutcomes } from "./outcomes.js";
import { number, t } from "./words.js";

const MOST_OUTCOMES = 3000;
const SIZE = { width: 520, height: 400, left: 56, right: 18, top: 30, bottom: 46 };

/** The picture of a proposal (its body) on a frame, as seen by one seat, and its numbers. */
export function drawPicture(frame, proposal, seat) {
  const outcomes = outcomesOf(frame, proposal.common);
  if (!outcomes.length && !proposal.play) return [el("p", { class: "small" }, t("table.picture_many"))];
  const me = Math.max(0, frame.players.indexOf(seat)), points = outcomes.map(({ worths }) => worths);
  const drawing = frame.players.length > 2 ? bars(frame, proposal, points)
    : plane(frame, proposal, points, me, 1 - me);
  return [drawing, ...drawOutcomes(frame, proposal, outcomes)];
}

/** Every allowed outcome with its worth to every player; none where there are too many. */
function outcomesOf(frame, report) {
  const count = outcomeCount(frame);
  if (count > MOST_OUTCOMES) return [];
  const outcomes = Array.from({ length: count }, (_, k) => outcomeAt(frame, k));
  const values = frame.players.map((name) => cellValues(report, frame, name));
  return outcomes.filter((outcome) => isAllowed(frame, outcome)).map((outcome) => {
    const cells = cellsIn(frame, outcome);
    return { outcome, worths: values.map((worths) => cells.reduce((sum, cell) => sum + worths[cell], 0)) };
  });
}

function plane(frame, proposal, points, x, y) {
  const at = (point) => [point[x], point[y]];
  const start = at(proposal.disagreement);
  const deal = proposal.play ? at(proposal.payoffs) : null;
  const dots = points.map(at);
  const all = [...dots, start, ...(deal ? [deal] : [])].filter((p) => p.every(Number.isFinite));
  const across = scale(all.map((p) => p[0]), SIZE.left, SIZE.width - SIZE.right);
  const up = scale(all.map((p) => p[1]), SIZE.height - SIZE.bottom, SIZE.top);
  const place = ([a, b]) => [across(a), up(b)];
  const text = t(deal ? "table.picture_text" : "table.picture_text_none", { name: frame.players[y] });
  return svg("svg", { class: "picture", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img", "aria-label": text, "font-size": 14 },
    ...gridLines(across, up),
    axisName(frame.players[x], x, SIZE.width - SIZE.right, SIZE.height - 6, "end", " →"),
    axisName(frame.players[y], y, 2, 16, "start", " ↑"),
    ...dots.map((p) => circle(place(p), dots.length < 60 ? 3.4 : 2.2)),
    svg("path", { class: "frontier", d: line(edge(dots).map(place)) }),
    ...marks(place, start, deal));
}

function marks(place, start, deal) {
  const found = [];
  if (start.every(Number.isFinite)) {
    const [x, y] = place(start);
    found.push(svg("rect", { class: "mark start", x: x - 5.5, y: y - 5.5, width: 11, height: 11 }), label(x, y + 22, t("table.square"), "start"));
  }
  if (deal) {
    const [x, y] = place(deal);
    found.push(star(x, y), label(x, y - 17, t("table.star"), "deal"));
  }
  return found;
}

const star = (x, y) => svg("path", { class: "star", d: `M${x} ${y - 12}l12 12-12 12-12-12Z` });
const circle = ([x, y], r) => svg("circle", { class: "dot", cx: x, cy: y, r });

function label(x, y, text, kind) {
  const anchor = x > SIZE.width - 90 ? "end" : x < SIZE.left + 40 ? "start" : "middle";
  const shift = anchor === "end" ? 12 : anchor === "start" ? -8 : 0;
  return svg("text", { class: `label ${kind}`, x: x + shift, y, "text-anchor": anchor }, text);
}

function axisName(name, place, x, y, anchor, arrow) {
  return svg("text", { class: `axis p${place % 6}`, x, y, "text-anchor": anchor }, t("table.axis", { name: clipped(name) }) + arrow);
}

const clipped = (name) => (name.length > 28 ? `${name.slice(0, 27)}…` : name);

function gridLines(across, up) {
  const bottom = SIZE.height - SIZE.bottom;
  return [
    ...across.ticks.map((v) => svg("g", { class: "tick" },
      svg("line", { x1: across(v), x2: across(v), y1: SIZE.top, y2: bottom }),
      svg("text", { x: across(v), y: bottom + 17, "text-anchor": "middle" }, number(v)))),
    ...up.ticks.map((v) => svg("g", { class: "tick" },
      svg("line", { x1: SIZE.left, x2: SIZE.width - SIZE.right, y1: up(v), y2: up(v) }),
      svg("text", { x: SIZE.left - 7, y: up(v) + 4, "text-anchor": "end" }, number(v)))),
  ];
}

/** One bar per party where there are three or more. */
function bars(frame, proposal, points) {
  const rows = frame.players.map((name, i) => row(frame, proposal, points, i, name));
  const height = 72 * rows.length + 8;
  return svg("svg", { class: "picture", viewBox: `0 0 ${SIZE.width} ${height}`, role: "img", "aria-label": t("table.picture_bars"), "font-size": 14 },
    ...rows.map((parts, i) => svg("g", { class: `p${i % 6}`, transform: `translate(0 ${72 * i})` }, ...parts)));
}

function row(frame, proposal, points, i, name) {
  const values = points.map((p) => p[i]), start = proposal.disagreement[i];
  const known = [...values, start, ...(proposal.play ? [proposal.payoffs[i]] : [])].filter(Number.isFinite);
  const across = scale(known, SIZE.left, SIZE.width - SIZE.right);
  const parts = [svg("text", { class: "axis", x: 0, y: 15 }, t("table.axis", { name: clipped(name) }))];
  if (values.length) {
    const low = Math.min(...values), high = Math.max(...values);
    parts.push(svg("rect", { class: "reach", x: across(low), y: 34, width: across(high) - across(low), height: 8, rx: 4 }),
      svg("text", { class: "faint", x: across(low), y: 62, "text-anchor": "middle" }, number(low)),
      svg("text", { class: "faint", x: across(high), y: 62, "text-anchor": "middle" }, number(high)));
  }
  if (Number.isFinite(start)) parts.push(svg("rect", { class: "mark start", x: across(start) - 5.5, y: 32.5, width: 11, height: 11 }));
  if (proposal.play) parts.push(star(across(proposal.payoffs[i]), 38), label(across(proposal.payoffs[i]), 20, number(proposal.payoffs[i]), "deal"));
  return parts;
}

/** A linear scale from values to pixels, with room at both ends and round ticks. */
function scale(values, start, end) {
  const low = Math.min(...values), high = Math.max(...values);
  const spread = high - low || Math.max(1, Math.abs(high));
  const from = low - 0.07 * spread, to = high + 0.09 * spread;
  const at = (value) => Math.round(10 * (start + (end - start) * (value - from) / (to - from))) / 10;
  at.ticks = ticks(from, to, 5);
  return at;
}

function ticks(low, high, count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw * (1 - 1e-9));
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * step);
}

/** The upper right edge of the convex hull of points (Andrew's monotone chain, 1979). */
export function edge(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = [];
  for (const p of sorted) {
    while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), p) >= 0) chain.pop();
    chain.push(p);
  }
  const top = Math.max(...chain.map((p) => p[1]));
  return chain.slice(Math.max(0, chain.findLastIndex((p) => p[1] === top)));
}

const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const line = (points) => points.map(([x, y], k) => `${k ? "L" : "M"}${x} ${y}`).join("") || "M0 0";
