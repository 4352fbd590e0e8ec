// Writing an issue's own words: titles for references, and a key that saves.

import { completing } from "./completing.js";

const form = document.getElementById("issue");

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  event.preventDefault();
  form.requestSubmit();
});
for (const button of form.querySelectorAll("[data-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    form.elements.namedItem(button.dataset.take).value = button.dataset.text;
    button.disabled = true;
  });
}
for (const area of form.querySelectorAll("[data-refs]")) completing(area, form.dataset.titles);
form.dataset.alive = "";
