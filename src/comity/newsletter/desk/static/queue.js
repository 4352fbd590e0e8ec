// Moving through the queue by keyboard.

const names = [...document.querySelectorAll("#queue .name")];
let place = -1;

function move(step) {
  place = Math.min(Math.max(place + step, 0), names.length - 1);
  names[place]?.focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  n: () => location.assign("/desk/entries/new"),
  "/": () => document.getElementById("q").focus(),
};

document.addEventListener("focusin", (event) => {
  const found = names.indexOf(event.target);
  if (found >= 0) place = found;
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.body.dataset.alive = "";
