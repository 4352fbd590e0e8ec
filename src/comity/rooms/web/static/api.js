// Talking to the server: JSON, with the value that only our own pages know.

import { has, t } from "./words.js";

const NAMES = { size: "large", store: "busy", server: "busy", unknown: "token" };

/** What the server answered; throws an Error in the reader's words. */
export async function ask(path, { body, csrf, token } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await reply(path, {
    method: body === undefined ? "GET" : "POST", headers, body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.json().catch(() => ({}));
}

/** What the server wrote for people. */
export async function readText(path) {
  return (await reply(path)).text();
}

async function reply(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(t("code.offline"));
  }
  if (!response.ok) throw failure((await response.json().catch(() => ({}))).error ?? {});
  return response;
}

function failure({ code = "", message = "", found, place }) {
  const known = has(`code.${code}`) && code !== "form" ? code : NAMES[code];
  const detail = [place, message, found].filter(Boolean).join(": ");
  const error = new Error(known && known !== "content" ? t(`code.${known}`) : t("code.unknown", { detail }));
  error.code = code;
  return error;
}
