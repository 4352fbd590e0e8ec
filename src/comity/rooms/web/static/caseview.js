// A party's view in a Case file of its own (JSON), read here so that it is sent nowhere.

import { axes, emptyReport, factIndex, isAdditive, isNegotiation, tasteIndex, tastesName } from "./frame.js";

const ANY = "*";
const SEPARATOR = "|";

/**
 * The view of one party in a Case on this frame; what the file is silent about is worth nothing.
 *
 * Throws an Error for shapes of numbers that only comity itself reads: `comity` writes them in
 * full where it saves a Case as JSON.
 */
export function viewInCase(data, frame, me) {
  const model = data.models[me], report = emptyReport(frame);
  if (model.prior) report.blocks.prior = frame.states.map((state) => finite(model.prior[state] ?? 0));
  frame.quantities.forEach((quantity, k) => {
    const values = cellsOf(model.facts?.[quantity] ?? 0, frame);
    each(values, (s, c, value) => { report.blocks.facts[factIndex(frame, k, s, c)] = value; });
  });
  for (const [name, said] of Object.entries(model.tastes ?? {})) tastes(report, frame, name, said);
  return report;
}

function tastes(report, frame, name, said) {
  const block = report.blocks[tastesName(name)];
  frame.quantities.forEach((quantity, k) => { block[k] = finite(said.weights?.[quantity] ?? 0); });
  each(cellsOf(said.payoffs ?? said.values ?? 0, frame), (s, c, value) => { block[tasteIndex(frame, s, c)] = value; });
  const place = frame.players.indexOf(name);
  if (!isNegotiation(frame) || place < 0) return;
  block[block.length - 1] = finite(said.no_deal ?? 0);
  report.discount[place] = finite(said.discount ?? 1);
}

const each = (rows, tell) => rows.forEach((row, s) => row.forEach((value, c) => tell(s, c, value)));

/** Numbers by state and cell. */
function cellsOf(entry, frame) {
  return frame.states.map((state) => {
    const own = byState(entry, frame) ? entry[state] ?? 0 : entry;
    return isAdditive(frame) ? optionCells(own, frame, state) : outcomeCells(own, frame, state);
  });
}

const isTable = (entry) => typeof entry === "object" && entry !== null && !Array.isArray(entry);
const byState = (entry, frame) => isTable(entry) && frame.states.length > 1
  && Object.keys(entry).length > 0 && Object.keys(entry).every((key) => frame.states.includes(key));

/** A number, or the number of a state in a table by state. */
const inState = (entry, state) => finite(isTable(entry) ? entry[state] ?? 0 : entry);

function optionCells(entry, frame, state) {
  return axes(frame).flatMap(({ name, options }) => {
    const said = isTable(entry) ? entry[name] ?? 0 : entry;
    if (Array.isArray(said)) return options.map((_, k) => inState(said[k], state));
    if (!isTable(said)) return options.map(() => finite(said));
    const line = Object.keys(said).sort().join() === "high,low" && !options.includes("low");
    if (line) return options.map((option) => straight(said, options.map(Number), Number(option)));
    if (!Object.keys(said).every((key) => options.includes(key))) throw new Error(name);
    return options.map((option) => inState(said[option] ?? 0, state));
  });
}

function straight({ low, high }, units, at) {
  const first = Math.min(...units), last = Math.max(...units);
  return finite(first === last ? low : low + (high - low) * (at - first) / (last - first));
}

/** Whole outcomes by key, the key with the fewest `*` first. */
function outcomeCells(entry, frame, state) {
  const lists = axes(frame).map((axis) => axis.options);
  const outcomes = lists.reduce((found, names) => found.flatMap((cell) => names.map((name) => [...cell, name])), [[]]);
  if (Array.isArray(entry)) return nested(entry, outcomes.length);
  if (!isTable(entry)) return outcomes.map(() => finite(entry));
  const keys = Object.keys(entry).map((key) => [key, parts(key, lists)]);
  keys.sort(([, a], [, b]) => vague(a) - vague(b));
  return outcomes.map((outcome) => {
    const found = keys.find(([, part]) => part.every((name, k) => name === ANY || name === outcome[k]));
    return found ? inState(entry[found[0]], state) : 0;
  });
}

const vague = (part) => part.filter((name) => name === ANY).length;

function parts(key, lists) {
  const found = key.trim() === ANY ? lists.map(() => ANY) : key.split(SEPARATOR).map((part) => part.trim());
  const known = found.length === lists.length && found.every((name, k) => name === ANY || lists[k].includes(name));
  if (!known) throw new Error(key);
  return found;
}

function nested(entry, count) {
  const flat = entry.flat(Infinity).map(finite);
  if (flat.length !== count) throw new Error("shape");
  return flat;
}

function finite(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(String(value));
  return value;
}
