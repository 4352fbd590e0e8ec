// The strategy that secures a player most whatever the others do together: a small linear program.

const ZERO = 1e-9;

/**
 * Chances of a player's actions; `null` where another strategy may secure as much.
 *
 * A saddle point in pure strategies where there is one, the first of equals, as in Python.
 */
export function securityStrategy(values, shape, player) {
  const rows = payoffRows(values, shape, player);
  const worst = rows.map((row) => row.reduce((a, b) => Math.min(a, b), Infinity));
  const level = worst.reduce((a, b) => Math.max(a, b), -Infinity);
  const heights = rows[0].map((_, j) => rows.reduce((a, row) => Math.max(a, row[j]), -Infinity));
  const ceiling = heights.reduce((a, b) => Math.min(a, b), Infinity);
  if (level === ceiling) return rows.map((_, k) => (k === worst.indexOf(level) ? 1 : 0));
  return mixedStrategy(rows);
}

/** Payoffs of one player by its action and what all others do, shape (own actions, the rest). */
function payoffRows(values, shape, player) {
  const inner = shape.slice(player + 1).reduce((a, b) => a * b, 1);
  const rows = Array.from({ length: shape[player] }, () => []);
  values.forEach((value, index) => rows[Math.floor(index / inner) % shape[player]].push(value));
  return rows;
}

/**
 * Solve the game by the simplex method on the columns' program (Dantzig 1951).
 *
 * With payoffs moved above zero, the most that weights z >= 0 of the columns can sum to while every
 * row gets at most 1 is one over the value; the prices of the rows are the strategy. A basis in
 * which no variable is zero has only these prices; Bland's rule (1977) keeps it from cycling.
 */
function mixedStrategy(rows) {
  const low = rows.flat().reduce((a, b) => Math.min(a, b), Infinity);
  const span = rows.flat().reduce((a, b) => Math.max(a, b), -Infinity) - low;
  const count = rows[0].length;
  const table = rows.map((row, i) => [
    ...row.map((value) => 1 + (value - low) / span),
    ...rows.map((_, k) => (k === i ? 1 : 0)),
    1,
  ]);
  const costs = [...rows[0].map(() => -1), ...rows.map(() => 0), 0];
  const basis = rows.map((_, i) => count + i);
  for (;;) {
    const column = costs.slice(0, -1).findIndex((cost) => cost < -ZERO);
    if (column < 0) break;
    pivot(table, costs, basis, leaving(table, basis, column), column);
  }
  if (table.some((row) => Math.abs(row.at(-1)) < ZERO)) return null;
  const prices = rows.map((_, i) => Math.max(0, costs[count + i]));
  const sum = prices.reduce((a, b) => a + b, 0);
  return prices.map((price) => price / sum);
}

function leaving(table, basis, column) {
  let best = -1;
  let least = Infinity;
  table.forEach((row, i) => {
    if (row[column] <= ZERO) return;
    const ratio = row.at(-1) / row[column];
    if (ratio < least || (ratio === least && basis[i] < basis[best])) [best, least] = [i, ratio];
  });
  return best;
}

function pivot(table, costs, basis, chosen, column) {
  const scale = table[chosen][column];
  table[chosen] = table[chosen].map((value) => value / scale);
  for (const row of [...table.filter((_, i) => i !== chosen), costs]) {
    const factor = row[column];
    if (factor !== 0) table[chosen].forEach((value, j) => { row[j] -= factor * value; });
  }
  basis[chosen] = column;
}
