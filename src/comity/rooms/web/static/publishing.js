// The public part of a Case file. Everything private is cut out here, before anything is sent.

import { $, complain, show } from "./dom.js";
import { t } from "./words.js";

export const PUBLIC = ["comity", "title", "summary", "frame", "constitution"];

/** Prepare the form; returns what to do when it is sent: call `ready` with the public part. */
export function onFile(ready) {
  let format = "toml";
  $("case-file").addEventListener("change", async () => {
    const file = $("case-file").files[0], trouble = $("file-form").querySelector(".error");
    format = file.name.toLowerCase().endsWith(".json") ? "json" : "toml";
    try {
      $("sent-text").value = publicPart(await file.text(), format);
      complain(trouble, "");
      show($("sent"), true);
    } catch (error) {
      show($("sent"), false);
      complain(trouble, t("open.file_bad", { detail: error.message }));
    }
  });
  return () => ready({ text: $("sent-text").value, format });
}

export function publicPart(text, format) {
  return format === "json" ? publicJson(text) : publicToml(text);
}

function publicJson(text) {
  const data = JSON.parse(text);
  const kept = PUBLIC.filter((name) => Object.hasOwn(data, name)).map((name) => [name, data[name]]);
  return JSON.stringify(Object.fromEntries(kept), null, 1);
}

/**
 * The public tables of a TOML file, line by line: what is not known to be public is left out.
 *
 * A text of several lines is taken as a whole, so that nothing in it can pass for a header.
 */
function publicToml(text) {
  const kept = [];
  let open = true, header = false, fence = null, keep = false;
  for (const line of text.split(/\r?\n/)) {
    if (fence === null) {
      const table = /^\s*\[+\s*("[^"]*"|'[^']*'|[\w-]+)/.exec(line);
      const key = /^\s*("[^"]*"|'[^']*'|[\w-]+)\s*[.=]/.exec(line);
      if (table) [header, open] = [true, PUBLIC.includes(bare(table[1]))];
      if (table || header) keep = open;
      else if (key) keep = PUBLIC.includes(bare(key[1]));
      if (/^\s*(#|$)/.test(line)) continue;
    }
    if (keep) kept.push(line);
    fence = fenceAfter(line, fence);
  }
  return `${kept.join("\n")}\n`;
}

const bare = (name) => name.replace(/^["']|["']$/g, "");

/** The mark that must close a text of several lines after this line, or `null`. */
function fenceAfter(line, fence) {
  let rest = line;
  while (rest) {
    if (fence === null) {
      const found = /"""|'''|"(?:[^"\\]|\\.)*"|'[^']*'|#.*/.exec(rest);
      if (!found || found[0].startsWith("#")) return null;
      rest = rest.slice(found.index + found[0].length);
      if (found[0] === '"""' || found[0] === "'''") fence = found[0];
    } else {
      const end = rest.indexOf(fence);
      if (end < 0) return fence;
      rest = rest.slice(end + 3);
      fence = null;
    }
  }
  return fence;
}
