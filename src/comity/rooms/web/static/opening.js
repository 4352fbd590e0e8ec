// Opening a room: terms from an example, a description or a file; then one link per party.

import { ask } from "./api.js";
import { $, complain, el, show } from "./dom.js";
import { keepAutomatic } from "./memory.js";
import { keyFromSeed, signMessage } from "./protocol.js";
import { onDescription } from "./describing.js";
import { onFile } from "./publishing.js";
import { t } from "./words.js";

const about = $("opening").dataset.about;
const TIMED = ["joining", "committing", "revealing", "answering"];
let terms = null;

/** Show the rules of terms, once the server has checked them. */
async function read(request) {
  const answer = await ask("/open/rules", { body: request });
  terms = answer.terms;
  $("rules").replaceChildren(...answer.rules.map((rule) => el("li", {}, rule)));
}

async function ready(request) {
  await read(request);
  await read({ terms: timed() });
  show($("ready"), true);
  $("rules-heading").focus();
  $("ready").scrollIntoView({ block: "start" });
}

/** The terms with the chosen time for every step. */
function timed() {
  const time = Number($("deadline").value);
  return { ...terms, deadlines: { ...terms.deadlines, ...Object.fromEntries(TIMED.map((phase) => [phase, time])) } };
}

async function openRoom() {
  await loaded;
  const key = await keyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
  const room = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const message = await signMessage({ key, room, type: "propose", body: { terms: timed() } });
  return ask("/api/rooms", { body: { message } });
}

/** The links of an open room; those of automatic parties stay in this browser. */
function linksOf({ room, seats, watch }) {
  const kinds = Object.fromEntries([...document.querySelectorAll("[data-seat]")].map((s) => [s.dataset.seat, s.value]));
  const taken = Object.entries(seats).filter(([name]) => kinds[name]);
  if (taken.length) keepAutomatic(room, Object.fromEntries(taken.map(([name, token]) => [name, { token, kind: kinds[name] }])));
  const people = terms.frame.players.map((name, place) => ({ name, place, token: seats[name] }));
  return { people: people.filter(({ name }) => !kinds[name]), watch };
}

/** Show a link for everyone, in place of the forms. */
function showLinks({ people, watch }) {
  $("links").replaceChildren(
    ...people.map(({ name, place, token }) =>
      linkItem(t("open.link", { name }), token, `p${place % 6}`, t("open.take", { name }))),
    linkItem(t("open.watch"), watch, "watch", null));
  show($("opened"), true);
  for (const id of ["ready", "describe"]) if ($(id)) show($(id), false);
  $("opened-heading").focus();
}

function linkItem(label, token, kind, take) {
  const address = `${location.origin}/s/${token}`;
  const field = el("input", { readonly: true, value: address, "aria-label": label, onfocus: (e) => e.target.select() });
  const copy = el("button", { type: "button", class: "button quiet", onclick: async () => {
    field.select();
    await navigator.clipboard?.writeText(address).catch(() => {});
    copy.textContent = t("open.copied");
  } }, t("open.copy"));
  return el("li", { class: kind }, el("span", { class: "who" }, label), el("span", { class: "copy" }, field, copy),
    take ? el("a", { class: "button", href: address }, take) : null);
}

function onForm(form, work) {
  const trouble = form.querySelector(".error");
  let working = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A double click sends a form twice, and would open two rooms.
    if (working) return;
    working = true;
    complain(trouble, "");
    try {
      await work();
    } catch (error) {
      complain(trouble, error.message);
    } finally {
      working = false;
    }
  });
  // Until now a click would have left the page, and with it what was written.
  form.querySelector("button[type=submit]").disabled = false;
}

/** Take the terms of the example, if this page is about one. */
async function takeExample() {
  if ($("opening").dataset.example === undefined) return;
  terms = (await ask(`/static/examples/${about}.json`)).terms;
  await read({ terms: timed() });
}

const loaded = takeExample();
loaded.catch((error) => complain($("open-form").querySelector(".error"), error.message));

onForm($("open-form"), async () => {
  const links = linksOf(await openRoom());
  // The server tells them once. They stay with this page of this tab, for a reload and for Back.
  history.replaceState({ links }, "");
  showLinks(links);
});
$("deadline").addEventListener("change", () => terms && read({ terms: timed() }));
if (about === "own") onForm($("own-form"), onDescription(ready));
if (about === "file") onForm($("file-form"), onFile(ready));
if (history.state?.links) showLinks(history.state.links);
