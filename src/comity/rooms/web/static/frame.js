// The layout of views beyond what the protocol needs: words for cells, and an empty view.

import { blockSizes, cellNames as cellParts, shapeOf } from "./model.js";

export const isNegotiation = (frame) => frame.kind === "negotiation";
export const isAdditive = (frame) => isNegotiation(frame) && frame.form === "additive";

/** What is chosen: an action by each player, or an option of each issue. */
export function axes(frame) {
  if (isNegotiation(frame)) return frame.issues;
  return frame.players.map((name, k) => ({ name, options: frame.actions[k] }));
}

export const outcomeCount = (frame) => shapeOf(frame).reduce((a, b) => a * b, 1);

/** The outcome at a place in C order. */
export function outcomeAt(frame, index) {
  const digits = [];
  for (const size of shapeOf(frame).reverse()) {
    digits.unshift(index % size);
    index = Math.floor(index / size);
  }
  return digits;
}

/** Every cell in words: an option of an issue, or a whole outcome. */
export function cellWords(frame) {
  const parts = cellParts(frame);
  if (isAdditive(frame)) return parts.map(([issue, option]) => `${issue}: ${option}`);
  const names = axes(frame).map((axis) => axis.name);
  return parts.map((cell) => cell.map((option, k) => `${names[k]}: ${option}`).join("; "));
}

/** An outcome in words: who does what, or what is settled. */
export const outcomeWords = (frame, outcome) =>
  axes(frame).map(({ name, options }, k) => `${name}: ${options[outcome[k]]}`).join("; ");

/** What every option of every issue, or every outcome, is worth in an outcome: its cells. */
export function cellsIn(frame, outcome) {
  const shape = shapeOf(frame);
  if (!isAdditive(frame)) return [outcome.reduce((place, option, k) => place * shape[k] + option, 0)];
  let start = 0;
  return outcome.map((option, k) => {
    const cell = start + option;
    start += shape[k];
    return cell;
  });
}

/** Whether an outcome keeps every limit on deals. */
export function isAllowed(frame, outcome) {
  return (frame.constraints ?? []).every(({ coefficients, limit }) => {
    const shape = shapeOf(frame);
    let start = 0, used = 0;
    outcome.forEach((option, k) => { used += coefficients[start + option]; start += shape[k]; });
    return used <= limit + 1e-9 * Math.max(1, Math.abs(limit));
  });
}

export const tastesName = (owner) => `tastes[${owner}]`;

/** A view by which everything is worth nothing. */
export function emptyReport(frame) {
  const blocks = {};
  for (const [name, size] of blockSizes(frame)) {
    blocks[name] = Array(size).fill(name === "prior" ? 1 / size : 0);
  }
  return isNegotiation(frame) ? { blocks, discount: frame.players.map(() => 1) } : { blocks };
}

/** Where the worth of a cell stands in a block of tastes. */
export function tasteIndex(frame, state, cell) {
  return frame.quantities.length + state * cellParts(frame).length + cell;
}

/** Where a quantity in a cell stands in the block of facts. */
export function factIndex(frame, quantity, state, cell) {
  return (quantity * frame.states.length + state) * cellParts(frame).length + cell;
}
