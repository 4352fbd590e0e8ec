// The page of a seat: which step it shows, and what its buttons do.

import { ask } from "./api.js";
import { Automatic } from "./automatic.js";
import { drawEnd } from "./ending.js";
import { $, complain, show } from "./dom.js";
import { follow } from "./live.js";
import { Seat } from "./seat.js";
import { drawTable } from "./table.js";
import { onTalk } from "./talk.js";
import { viewStep } from "./viewing.js";
import { listed, t } from "./words.js";

const page = $("room").dataset;
const seat = page.seat ? new Seat(page.room, page.seat) : null;
const automatic = new Automatic(page.room);
const STEPS = ["rules", "view", "sealed", "table", "end"];
const WAITING = {
  committing: "room.sealed", revealing: "room.opened", solving: "room.solving", answering: "room.answered",
};

const RETRY = 3000;

let table = null, panel = null, shown = null, sending = Promise.resolve();

/** Which step a seat is at; `null` for a seat that another browser holds. */
async function stepNow() {
  if (table.phase === "ended") return "end";
  if (!seat) return table.proposals.length ? "table" : "rules";
  if (!Object.hasOwn(table.keys, seat.name)) return "rules";
  if (!(await seat.isMine(table))) return null;
  if (table.phase === "joining" || (table.phase === "committing" && !table.commitments[seat.name])) return "view";
  return table.phase === "answering" ? "table" : "sealed";
}

/** Show a room; its step comes with the record that led to it, never before. */
async function render(newTable, newPanel) {
  [table, panel] = [newTable, newPanel];
  const step = await stepNow();
  await panel.draw();
  const moved = shown !== null && shown !== step;
  shown = step;
  for (const name of STEPS) show($(`step-${name}`), visible(name, step));
  markSteps(step);
  tell(step);
  if (step === "view") view.open(table);
  if (step === "sealed") drawSealed();
  if (visible("table", step)) drawTable(table, seat, canAnswer(step));
  const speaks = Boolean(seat) && Object.hasOwn(table.keys, seat.name) && step !== null && step !== "end";
  for (const id of ["talk", "leaving"]) show($(id), speaks);
  if (step === "end") drawEnd(table, seat);
  if (moved && step) $(`step-${step}`).querySelector("h2").focus();
  automatic.move(panel.missing, table.phase);
  await oweReveal(step);
}

const visible = (name, step) =>
  name === step || (name === "table" && step === "end" && table.proposals.length > 0)
  || (name === "rules" && step === null);

const canAnswer = (step) => step === "table" && Boolean(seat) && table.proposals.at(-1).play !== null
  && panel.missing.includes(seat.name);

function markSteps(step) {
  const place = STEPS.indexOf(step);
  [...$("steps").children].forEach((item, k) => {
    item.classList.toggle("done", k < place);
    if (k === place) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  show($("join-form"), step === "rules" && Boolean(seat) && table.phase === "joining");
}

/** Say in one line what the room waits for. */
function tell(step) {
  const mine = panel.missing.includes(seat?.name), waits = panel.missing.length && table.phase !== "ended" && !mine;
  const text = step === null ? `${t("room.elsewhere_heading")}. ${t("room.elsewhere")}`
    : waits ? t("room.wait", { names: listed(panel.missing) }) : "";
  if ($("status").textContent !== text) $("status").textContent = text;
}

function drawSealed() {
  const key = WAITING[table.phase];
  $("sealed-heading").textContent = t(`${key}_heading`);
  $("sealed-text").textContent = t(key);
  const print = $("sealed-print");
  print.querySelector("code").textContent = table.commitments[seat.name]?.report ?? "";
  show(print, table.phase === "committing");
}

/** Open the sealed report as soon as all have sealed; there is nothing left to decide. */
async function oweReveal(step) {
  const owed = step === "sealed" && table.phase === "revealing" && panel.missing.includes(seat.name);
  if (!owed || !seat.kept.sealed || await send(() => seat.reveal(table))) return;
  setTimeout(() => oweReveal(shown), RETRY);
}

/** Send a message of this seat, after those that are on their way. */
function send(make) {
  sending = sending.then(async () => {
    complain($("trouble"), "");
    try {
      await ask(`/api/rooms/${page.room}/messages`, { body: await make(), csrf: page.csrf });
      return true;
    } catch (error) {
      complain($("trouble"), error.message);
      return false;
    }
  });
  return sending;
}

const view = viewStep(seat, page, (report) => send(() => seat.commit(table, report)));

function listen() {
  const click = (id, work) => $(id).addEventListener("click", async () => {
    $(id).disabled = true;
    await work();
    $(id).disabled = false;
  });
  click("join", () => send(() => seat.join(table)));
  click("decline", () => send(() => seat.leave(table)));
  click("accept", () => send(() => seat.answer(table, true)));
  click("refuse", () => { show($("refusal"), true); show($("choice"), false); $("refusal").querySelector("input").focus(); });
  click("refuse-back", () => { show($("refusal"), false); show($("choice"), true); $("refuse").focus(); });
  $("refusal").addEventListener("submit", (event) => {
    event.preventDefault();
    const reasons = [...$("refusal").querySelectorAll("input:checked")].map((box) => box.value);
    send(() => seat.answer(table, false, reasons.length ? reasons : ["other"], $("refusal-text").value));
  });
  click("leave", () => { show($("leave-sure"), true); $("leave-no").focus(); });
  click("leave-no", () => { show($("leave-sure"), false); $("leave").focus(); });
  click("leave-yes", () => send(() => seat.leave(table)));
  onTalk((act, about, text) => send(() => seat.say(table, act, about, text)));
}

if (seat) listen();
await follow(page.room, {
  changed: render,
  lost: (error) => complain($("trouble"), error && (error.code ? error.message : t("room.lost_connection"))),
  broken: (error) => complain($("trouble"), `${t("end.bad")} ${error.message}`),
});
