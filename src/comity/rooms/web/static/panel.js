// What the server writes of a room in the reader's language: where it stands, and its record.

import { $ } from "./dom.js";
import { readText } from "./api.js";
import { localTimes } from "./words.js";

/** How many `entries` it tells, who is `missing`, and `draw`, which puts it into the page. */
export async function readPanel(room) {
  const text = await readText(`/rooms/${room}/panel`);
  const written = new DOMParser().parseFromString(text, "text/html");
  const { entries, missing } = written.querySelector("[data-entries]").dataset;
  return { entries: Number(entries), missing: JSON.parse(missing), draw: () => draw(text) };
}

async function draw(text) {
  const target = $("panel");
  await window.htmx.swap({ text, target, sourceElement: target });
  localTimes(document);
}
