// What a play is worth by one's own model, computed where the model lies: in the browser.
//
// A report is {blocks, discount?} on a frame, as in the specification: the prior over states,
// facts by quantity, state and cell, and for each one affected weights, tastes and no deal.

import { isObject } from "./canonical.js";
import { securityStrategy } from "./maximin.js";

const TIED = 1e-12;
const LARGEST = 1e100;
const ROUNDING = 1e-9;

/** Names of players, then bystanders. */
export function affected(frame) {
  return [...frame.players, ...frame.bystanders];
}

/** Number of options or actions: of each player, or of each issue. */
export function shapeOf(frame) {
  const lists = isDeal(frame) ? frame.issues.map((issue) => issue.options) : frame.actions;
  return lists.map((names) => names.length);
}

function isDeal(frame) {
  return frame.kind === "negotiation";
}

function isAdditive(frame) {
  return isDeal(frame) && frame.form === "additive";
}

function cellsOf(frame) {
  const shape = shapeOf(frame);
  return isAdditive(frame) ? shape.reduce((a, b) => a + b, 0) : shape.reduce((a, b) => a * b, 1);
}

/** Length of every block of a report on a frame, by name and in order. */
export function blockSizes(frame) {
  const states = frame.states.length;
  const quantities = frame.quantities.length;
  const values = states * cellsOf(frame);
  const sizes = states > 1 ? [["prior", states]] : [];
  if (quantities > 0) sizes.push(["facts", quantities * values]);
  affected(frame).forEach((name, row) => {
    const noDeal = isDeal(frame) && row < frame.players.length ? 1 : 0;
    sizes.push([`tastes[${name}]`, quantities + values + noDeal]);
  });
  return new Map(sizes);
}

/** Whether a report has the blocks of a frame, each of its length and of numbers in range. */
export function reportFits(report, frame) {
  if (!isObject(report) || !isObject(report.blocks)) return false;
  const sizes = blockSizes(frame);
  const complete = Object.keys(report.blocks).length === sizes.size
    && [...sizes].every(([name, length]) => Object.hasOwn(report.blocks, name)
      && areNumbers(report.blocks[name], length));
  return complete && isPrior(report.blocks.prior ?? [1])
    && (!isDeal(frame) || areFactors(report.discount, frame.players.length));
}

function areNumbers(values, length) {
  return Array.isArray(values) && values.length === length
    && values.every((value) => Number.isFinite(value) && Math.abs(value) <= LARGEST);
}

function isPrior(chances) {
  const sum = chances.reduce((a, b) => a + b, 0);
  return chances.every((chance) => chance >= 0) && Math.abs(sum - 1) <= ROUNDING;
}

function areFactors(values, length) {
  return areNumbers(values, length) && values.every((value) => value > 0 && value <= 1);
}

/** Every number of a report with what it says: `{block, kind, owner, state, quantity, cell, value}`. */
export function publicParts(report, frame) {
  const parts = [];
  const add = (block, kind, value, rest = {}) => parts.push({
    block, kind, owner: null, state: null, quantity: null, cell: null, value, ...rest,
  });
  for (const [block] of blockSizes(frame)) {
    const values = report.blocks[block];
    if (block === "prior") {
      values.forEach((value, s) => add(block, "prior", value, { state: frame.states[s] }));
    } else if (block === "facts") {
      frame.quantities.forEach((quantity, k) => inStates(frame, k, (state, cell, at) =>
        add(block, "facts", values[at], { quantity, state, cell })));
    } else {
      addTastes(add, block, values, frame);
    }
  }
  return parts;
}

function addTastes(add, block, values, frame) {
  const owner = block.slice("tastes[".length, -1);
  const { quantities } = frame;
  quantities.forEach((quantity, k) => add(block, "weights", values[k], { owner, quantity }));
  inStates(frame, 0, (state, cell, at) =>
    add(block, "tastes", values[quantities.length + at], { owner, state, cell }));
  if (values.length > quantities.length + frame.states.length * cellsOf(frame)) {
    add(block, "reservation", values.at(-1), { owner });
  }
}

/** Call back for every state and cell with the place of its number, after `skipped` tables. */
function inStates(frame, skipped, tell) {
  const names = cellNames(frame);
  frame.states.forEach((state, s) => names.forEach((cell, c) =>
    tell(state, cell, ((skipped * frame.states.length) + s) * names.length + c)));
}

/** Names that make up every cell: an action per player, an option per issue, or one option. */
export function cellNames(frame) {
  if (isAdditive(frame)) {
    return frame.issues.flatMap((issue) => issue.options.map((option) => [issue.name, option]));
  }
  const lists = isDeal(frame) ? frame.issues.map((issue) => issue.options) : frame.actions;
  return lists.reduce((found, names) =>
    found.flatMap((cell) => names.map((name) => [...cell, name])), [[]]);
}

/** Expected worth of each cell to one who is affected, a number per cell. */
export function cellValues(report, frame, name) {
  const cells = cellsOf(frame);
  const { length: count } = frame.quantities;
  const { length: states } = frame.states;
  const prior = report.blocks.prior ?? [1];
  const own = report.blocks[`tastes[${name}]`];
  const facts = report.blocks.facts ?? [];
  const found = new Array(cells).fill(0);
  for (let s = 0; s < states; s += 1) {
    for (let c = 0; c < cells; c += 1) found[c] += prior[s] * own[count + s * cells + c];
  }
  for (let k = 0; k < count; k += 1) {
    for (let s = 0; s < states; s += 1) {
      for (let c = 0; c < cells; c += 1) {
        found[c] += own[k] * (prior[s] * facts[(k * states + s) * cells + c]);
      }
    }
  }
  return found;
}

/**
 * What a play is worth to a player or bystander by a report, after so many rounds of delay.
 *
 * In a negotiation no play is no deal. Throws a TypeError where there is no play in a game of
 * actions: its default depends on the constitution.
 */
export function worth(report, frame, play, name, round = 0) {
  const factor = delayFactor(report, frame, name, round);
  if (play === null) {
    if (!isDeal(frame)) throw new TypeError("nothing is played");
    return factor * report.blocks[`tastes[${name}]`].at(-1);
  }
  return factor * expected(cellValues(report, frame, name), frame, play);
}

function delayFactor(report, frame, name, round) {
  const row = frame.players.indexOf(name);
  return isDeal(frame) && row >= 0 ? report.discount[row] ** round : 1;
}

function expected(values, frame, play) {
  const shape = shapeOf(frame);
  if (play.kind === "mixed") return mixedWorth(values, play.strategies);
  return play.outcomes.reduce((sum, outcome, k) =>
    sum + play.probabilities[k] * outcomeValue(values, frame, shape, outcome), 0);
}

function outcomeValue(values, frame, shape, outcome) {
  if (!isAdditive(frame)) return values[indexOf(outcome, shape)];
  let first = 0;
  return outcome.reduce((sum, option, j) => {
    const value = values[first + option];
    first += shape[j];
    return sum + value;
  }, 0);
}

/** Place of a profile in C order: the last action varies fastest. */
function indexOf(outcome, shape) {
  return outcome.reduce((index, k, at) => index * shape[at] + k, 0);
}

/** Expected worth under independent strategies, one player summed out after the other. */
function mixedWorth(values, strategies) {
  let left = values;
  for (const strategy of [...strategies].reverse()) {
    const next = [];
    for (let at = 0; at < left.length; at += strategy.length) {
      next.push(strategy.reduce((sum, p, k) => sum + p * left[at + k], 0));
    }
    left = next;
  }
  return left[0];
}

/**
 * What a player gets without agreement if all follow their default rule on this one report.
 *
 * `null` where it cannot be told: a maximin strategy that is not the only one.
 */
export function defaultWorth(report, frame, constitution, name, round = 0) {
  if (isDeal(frame)) return worth(report, frame, null, name, round);
  const tables = frame.players.map((player) => cellValues(report, frame, player));
  const strategies = frame.players.map((_, i) =>
    defaultStrategy(tables, frame, constitution, i));
  if (strategies.includes(null)) return null;
  return mixedWorth(cellValues(report, frame, name), strategies);
}

/** Chances of each action of a player by the default rule; `null` where they cannot be told. */
export function defaultStrategy(tables, frame, constitution, i) {
  const shape = shapeOf(frame);
  const rules = {
    maximin: () => securityStrategy(tables[i], shape, i),
    "favourite-equilibrium": () => {
      const outcome = favouriteEquilibrium(tables, shape, i);
      return outcome ? pure(outcome[i], shape[i]) : securityStrategy(tables[i], shape, i);
    },
    policy: () => {
      const action = frame.actions[i].indexOf(constitution.policy[frame.players[i]]);
      return action < 0 ? null : pure(action, shape[i]);
    },
  };
  return rules[constitution.default]?.() ?? null;
}

function pure(action, size) {
  return Array.from({ length: size }, (_, k) => (k === action ? 1 : 0));
}

/** The pure equilibrium that is worth most to a player, the first of equals; or `null`. */
export function favouriteEquilibrium(tables, shape, player) {
  let best = null;
  let most = -Infinity;
  const slack = tables.map((table) => TIED * (largest(table) - smallest(table)));
  for (let index = 0; index < tables[0].length; index += 1) {
    if (tables[player][index] > most && isStable(tables, shape, index, slack)) {
      most = tables[player][index];
      best = outcomeAt(index, shape);
    }
  }
  return best;
}

function isStable(tables, shape, index, slack) {
  const outcome = outcomeAt(index, shape);
  return shape.every((count, i) => Array.from({ length: count }, (_, k) => k).every((k) => {
    const other = indexOf(outcome.map((action, j) => (j === i ? k : action)), shape);
    return tables[i][other] - tables[i][index] <= slack[i];
  }));
}

function outcomeAt(index, shape) {
  const found = [];
  let rest = index;
  for (const count of [...shape].reverse()) {
    found.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return found;
}

function largest(values) {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function smallest(values) {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
