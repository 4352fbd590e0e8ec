// What pages can do beyond being read: players that follow links, and frames as tall as their page.
(() => {
  "use strict";
  const player = document.querySelector("audio");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-seek]");
    if (!link || !player || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const start = () => { player.currentTime = Number(link.dataset.seek); player.play().catch(() => {}); };
    if (player.readyState > 0) start();
    else { player.addEventListener("loadedmetadata", start, { once: true }); player.preload = "metadata"; player.load(); }
  });
  for (const frame of document.querySelectorAll("iframe[data-grow]")) {
    const fit = () => {
      // From a disk a page may not look into another: then the frame keeps its own scroll bar.
      try {
        const inner = frame.contentDocument.documentElement;
        const height = () => { frame.style.height = `${Math.ceil(inner.getBoundingClientRect().height) + 2}px`; };
        height();
        new ResizeObserver(height).observe(inner);
      } catch { frame.style.height = ""; }
    };
    frame.addEventListener("load", fit);
    if (frame.contentDocument && frame.contentDocument.readyState === "complete") fit();
  }
  const closed = [];
  addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((d) => { d.open = true; closed.push(d); }));
  addEventListener("afterprint", () => closed.splice(0).forEach((d) => { d.open = false; }));
})();
