// The private view of one party: by sliders where they suit, else by its numbers.

import { emptyReport } from "./frame.js";
import { reportFits } from "./model.js";
import * as numbers from "./numbers.js";
import * as sliders from "./sliders.js";

/** A draft to begin with: one that was made before, a view, or a blank page. */
export function draftOf(frame, me, report = null) {
  if (report) return { kind: "numbers", report: structuredClone(report) };
  if (sliders.suits(frame)) return sliders.freshDraft(frame, me);
  return { kind: "numbers", report: emptyReport(frame) };
}

/** The view that a draft says, with all numbers finite. */
export function reportOf(frame, me, draft) {
  return draft.kind === "sliders" ? sliders.reportOf(frame, me, draft) : numbers.normalised(draft.report);
}

/** How unsure one's guesses are, by name; `null` for whom nothing was guessed. */
export function spreadOf(draft) {
  return draft?.kind === "sliders" ? sliders.spreadOf(draft) : {};
}

/** Whether a draft says nothing yet: it is the blank page. */
export function isBlank(frame, me, draft) {
  return JSON.stringify(draft) === JSON.stringify(draftOf(frame, me));
}

/** Whether a value is a draft on this frame. */
export function isDraft(frame, me, draft) {
  try {
    return reportFits(reportOf(frame, me, draft), frame);
  } catch {
    return false;
  }
}

/** Draw a draft; `told` says whose worth is whose where it is not one's own view. */
export function drawView(root, frame, me, draft, changed, told = undefined) {
  if (draft.kind === "sliders") sliders.draw(root, frame, me, draft, changed);
  else numbers.draw(root, frame, me, draft.report, () => changed(draft), told);
}
