// Writing an entry: what stands beside it follows the text, and what is typed is kept.

import { completing } from "./completing.js";

const WAIT = 500;
const form = document.getElementById("entry");
const beside = document.getElementById("beside");
const kept = document.getElementById("kept");
let timer = 0;
let running = null;
let saving = false;

/** The form as a browser sends it, for the server to read in one way alone. */
const body = () => new URLSearchParams(new FormData(form));

async function look() {
  running?.abort();
  const mine = (running = new AbortController());
  try {
    const response = await fetch(form.dataset.look, { method: "POST", body: body(), signal: mine.signal });
    if (!response.ok) throw new Error(String(response.status));
    const written = new DOMParser().parseFromString(await response.text(), "text/html");
    beside.replaceChildren(...written.body.childNodes);
    const time = beside.querySelector("[data-kept]").dataset.kept;
    kept.textContent = time ? `Draft kept at ${time}` : "";
  } catch (error) {
    if (error.name !== "AbortError") kept.textContent = "Not kept: the server does not answer.";
  }
}

function soon() {
  clearTimeout(timer);
  kept.textContent = "…";
  timer = setTimeout(look, WAIT);
}

form.addEventListener("input", soon);
form.addEventListener("submit", () => {
  saving = true;
  clearTimeout(timer);
  running?.abort();
});
addEventListener("beforeunload", (event) => {
  if (!saving && kept.textContent === "…") event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !["s", "Enter"].includes(event.key)) return;
  event.preventDefault();
  form.requestSubmit();
});

beside.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set]");
  if (!button) return;
  form.elements.namedItem(button.dataset.set).value = button.dataset.value;
  soon();
});

for (const button of form.querySelectorAll("[data-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    form.elements.namedItem(button.dataset.take).value = button.dataset.text;
    button.disabled = true;
    soon();
  });
}

for (const area of form.querySelectorAll("[data-refs]")) completing(area, form.dataset.titles);
form.dataset.alive = "";
