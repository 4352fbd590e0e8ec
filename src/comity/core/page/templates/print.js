// What is folded away opens on paper.
(() => {
  const closed = [];
  addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])")
    .forEach((d) => { d.open = true; closed.push(d); }));
  addEventListener("afterprint", () => closed.splice(0).forEach((d) => { d.open = false; }));
})();
