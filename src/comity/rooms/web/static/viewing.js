// The step in which a party describes its view; it is kept in this browser and sent nowhere.

import { ask } from "./api.js";
import { $, complain, el, saveFile, show } from "./dom.js";
import { viewInCase } from "./caseview.js";
import { draftOf, drawView, isBlank, isDraft, reportOf } from "./view.js";
import { t } from "./words.js";

/** The step of a seat; `seal` is called with the report once it is to be sealed. */
export function viewStep(seat, page, seal) {
  let frame = null;

  const draft = () => seat.kept.draft;
  const keep = (changed) => { seat.keep({ draft: changed }); show($("seal-sure"), false); };
  const redraw = () => drawView($("view-form"), frame, seat.name, draft(), keep);
  const startWith = (changed) => { keep(changed); redraw(); };

  function open(table) {
    $("seal").disabled = table.phase !== "committing";
    fix();
    if (frame) return;
    frame = table.terms.frame;
    if (!isDraft(frame, seat.name, draft())) keep(draftOf(frame, seat.name));
    start();
    redraw();
    $("view-form").addEventListener("submit", (event) => event.preventDefault());
    $("save-view").addEventListener("click", () => saveFile("view.json", { frame, seat: seat.name, draft: draft() }));
    $("seal").addEventListener("click", () => (isUnsaid() ? askFirst() : sealNow()));
    $("seal-yes").addEventListener("click", sealNow);
    $("seal-no").addEventListener("click", () => { show($("seal-sure"), false); $("view-heading").focus(); });
  }

  const isUnsaid = () => !seat.kept.sealed && isBlank(frame, seat.name, draft());

  function askFirst() {
    show($("seal-sure"), true);
    $("seal-no").focus();
  }

  async function sealNow() {
    show($("seal-sure"), false);
    await seal(reportOf(frame, seat.name, draft()));
    fix();
  }

  /** Nothing can be changed once a report was sealed, even if it could not be sent yet. */
  function fix() {
    for (const id of ["view-form", "view-start"]) $(id).inert = Boolean(seat.kept.sealed);
  }

  /** What one can start from: the example's own view, a file, a blank page. */
  function start() {
    const trouble = el("p", { class: "error", role: "alert", hidden: true });
    const button = (key, work) => el("button", { type: "button", class: "button quiet", onclick: work }, t(key));
    const file = el("input", { type: "file", accept: ".json", onchange: async () => {
      const loaded = await read(file.files[0]);
      complain(trouble, loaded ? "" : t("view.load_bad"));
      if (loaded) startWith(loaded);
    } });
    $("view-start").replaceChildren(...[
      el("strong", {}, t("view.start")),
      page.example ? button("view.example", async () => {
        const { reports } = await ask(`/static/examples/${page.example}.json`);
        startWith(draftOf(frame, seat.name, reports[seat.name]));
      }) : null,
      button("view.blank", () => startWith(draftOf(frame, seat.name))),
      el("label", { class: "field" }, el("span", {}, t("view.load")), file), trouble,
    ].filter(Boolean));
  }

  /** The draft in a file that this page saved, the view in a Case of one's own, or a report. */
  async function read(file) {
    try {
      const data = JSON.parse(await file.text());
      const view = data.models ? viewInCase(data, frame, seat.name) : data;
      const found = view.blocks ? draftOf(frame, seat.name, view) : data.draft;
      return isDraft(frame, seat.name, found) ? found : null;
    } catch {
      return null;
    }
  }

  return { open };
}
