"use strict";
// The switch "what if somebody lies?": shows runs that were worked out beforehand, so it works
// offline. All text goes in as text, never as markup.
(() => {
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const icons = { holds: "✓", backfires: "✓", pays: "!", fragile: "!", dead: "✕", none: "–" };

  const checked = (name) => {
    const input = $(`input[name="${name}"]:checked`);
    return input ? input.value : null;
  };
  const slider = (id, values) => {
    const input = $(id);
    return input && values.length ? values[Math.min(Number(input.value), values.length - 1)] : null;
  };

  function fill(list, items, make) {
    list.replaceChildren(...items.map((item) => make(item)));
  }
  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function choice() {
    const who = checked("who");
    const liar = who === "nobody" || who === null ? null : Number(who);
    const kind = liar === null ? "honest" : checked("kind-" + liar);
    const levels = (data.levels[liar + ":" + kind] || []);
    return { liar, kind, levels, level: slider("#level", levels), tolerance: slider("#tolerance", data.tolerances) };
  }

  function find(c) {
    return data.scenarios.find((s) => s.liar === c.liar && s.kind === c.kind
      && (c.level === null || s.level === c.level)
      && (c.tolerance === null || s.tolerance === c.tolerance));
  }

  function show(s) {
    const banner = $("#banner");
    banner.dataset.tone = s.tone;
    $("#banner-icon").textContent = icons[s.tone] || "";
    $("#banner-heading").textContent = s.heading;
    $("#banner-text").textContent = s.sentence;
    fill($("#deal-lines"), s.deal, ([often, what]) => {
      const item = element("li", "");
      if (often !== "always") item.append(element("span", often[0].toUpperCase() + often.slice(1), "often"));
      item.append(element("span", what));
      return item;
    });
    $("#deal-heading").textContent = s.deal_heading;
    fill($("#rules"), s.rules, (rule) => element("li", rule));
    s.bars.forEach((bar, k) => {
      $("#gain-" + k).textContent = bar.text;
      $("#worth-" + k).textContent = bar.worth;
      const rect = $("#bar-" + k);
      rect.setAttribute("x", bar.x);
      rect.setAttribute("width", bar.width);
    });
    for (const name of Object.keys(s.moving)) move(name, s.moving[name], s);
  }

  function move(name, to, s) {
    const group = $(`[data-now="${name}"]`);
    if (!group) return;
    group.style.transform = `translate(${to.x}px, ${to.y}px)`;
    group.classList.toggle("dead", s.tone === "dead" || s.tone === "none");
    const text = group.querySelector("text");
    const size = Number(group.ownerSVGElement.getAttribute("font-size"));
    text.setAttribute("text-anchor", to.anchor);
    text.setAttribute("y", to.ty);
    fill(text, to.lines, (line) => {
      const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      span.textContent = line;
      span.setAttribute("x", to.tx);
      return span;
    });
    [...text.children].forEach((span, k) => span.setAttribute("dy", k ? size * 1.25 : 0));
  }

  function update() {
    const c = choice();
    all("[data-kinds]").forEach((set) => { set.hidden = set.dataset.kinds !== String(c.liar); });
    const level = $("#level-box");
    if (level) {
      level.hidden = c.levels.length < 2;
      if (c.levels.length) {
        $("#level").max = c.levels.length - 1;
        $("#level-out").textContent = (data.level_words[c.kind] || {})[c.level] || "×" + c.level;
        $("#level").setAttribute("aria-valuetext", $("#level-out").textContent);
      }
    }
    if (c.tolerance !== null) {
      $("#tolerance-out").textContent = data.tolerance_words[c.tolerance];
      $("#tolerance").setAttribute("aria-valuetext", data.tolerance_words[c.tolerance]);
    }
    const scenario = find(c);
    if (scenario) show(scenario);
  }

  // Another kind of lie opens as found, not at the strength that was chosen for the last one.
  function restart() {
    const input = $("#level"), levels = choice().levels;
    if (!input || !levels.length) return;
    input.max = levels.length - 1;
    input.value = Math.max(0, levels.indexOf(1));
  }
  all(".switch input").forEach((input) => {
    if (input.type === "radio") input.addEventListener("input", restart);
    input.addEventListener("input", update);
  });
  // A reloaded page may come back with another choice ticked than the one it shows.
  update();
})();
