// Talk: a typed act that each reads in its own language, and words of one's own beside it.

import { $ } from "./dom.js";

/** Call `say(act, about, text)` when the form is sent, and empty it where that worked. */
export function onTalk(say) {
  $("talk").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await say($("talk-act").value, $("talk-about").value, $("talk-text").value)) $("talk").reset();
  });
}
