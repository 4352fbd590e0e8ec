"use strict";
// The switch over the prior: the best choice, and what every choice brings, are worked out here
// from the payoffs that the page holds. All text goes in as text, never as markup.
(() => {
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  if (!data.payoffs) return;

  // The same words as the page was written in: three digits, a true minus sign.
  function number(value, digits = 3) {
    const size = Math.abs(value);
    if (size < Math.pow(10, -digits) / 2) return "0";
    const places = size < Math.pow(10, digits)
      ? Math.min(digits, Math.max(0, digits - 1 - Math.floor(Math.log10(size)))) : 0;
    let text = size.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
    if (text.includes(".")) text = text.replace(/0+$/, "").replace(/\.$/, "");
    return (value < 0 && text !== "0" ? "−" : "") + text;
  }
  const listed = (items) => items.length < 2 ? items.join("")
    : items.slice(0, -1).join(", ") + " and " + items[items.length - 1];
  const chosen = () => Number($('input[name="member"]:checked').value);

  function decide(member, weight) {
    const mix = data.rest[member].map((share, m) => share * (1 - weight) + (m === member ? weight : 0));
    const worth = data.payoffs.map((row) => row.reduce((sum, value, m) => sum + value * mix[m], 0));
    return { worth, best: worth.indexOf(Math.max(...worth)) };
  }

  function show() {
    const member = chosen(), input = $("#weight-" + member), weight = Number(input.value) / data.steps;
    const { worth, best } = decide(member, weight);
    const values = data.payoffs[best];
    const byMember = values.length > data.most_named
      ? number(Math.min(...values)) + " to " + number(Math.max(...values)) + ", by which one is true"
      : listed(data.members.map((name, m) => number(values[m]) + " if " + name + " is true"));
    $("#banner-heading").textContent = "Best: " + data.actions[best];
    $("#banner-text").textContent = "It brings " + number(worth[best]) + " on average: " + byMember
      + ". At worst it loses " + number(data.regrets[best]) + " against what would have been best.";
    const text = Math.round(100 * weight) + "%";
    $("#weight-out-" + member).textContent = text;
    input.setAttribute("aria-valuetext", text);
    const [low, high] = data.span, unit = 200 / (high - low);
    data.shown.forEach((action, k) => {
      const box = $("#worth-" + k), rect = box.querySelector("[data-bar]");
      const start = Math.min(0, worth[action]), end = Math.max(0, worth[action]);
      box.querySelector("[data-worth]").textContent = number(worth[action]);
      box.classList.toggle("best", action === best);
      rect.setAttribute("x", (start - low) * unit);
      rect.setAttribute("width", (end - start) * unit);
    });
    all(`[data-here="${member}"]`).forEach((mark) => {
      const left = Number(mark.dataset.left), right = Number(mark.dataset.right);
      mark.setAttribute("transform", `translate(${left + weight * (right - left)} 0)`);
    });
    all("[data-board]").forEach((board) => { board.hidden = Number(board.dataset.board) !== member; });
  }

  all(".switch input").forEach((input) => input.addEventListener("input", show));
  // A reloaded page may come back with another choice ticked than the one it shows.
  show();
})();
