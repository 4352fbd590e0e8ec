// Canonical JSON (RFC 8785) and SHA-256, so that a browser hashes what Python hashes.

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Text of a value in the JSON Canonicalization Scheme; throws a TypeError for what is not JSON. */
export function canonicalJson(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (typeof value === "string") return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isObject(value)) {
    // JavaScript sorts strings by UTF-16 code units, as section 3.2.3 asks.
    const entries = Object.keys(value).sort().map(
      (name) => `${canonicalString(name)}:${canonicalJson(value[name])}`,
    );
    return `{${entries.join(",")}}`;
  }
  throw new TypeError(`not JSON data: ${typeof value}`);
}

/** SHA-256 of the canonical JSON of a value, 64 hexadecimal digits. */
export async function digest(value) {
  return toHex(await crypto.subtle.digest("SHA-256", utf8(canonicalJson(value))));
}

/** Whether two values of JSON are the same. */
export function same(first, second) {
  return canonicalJson(first) === canonicalJson(second);
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function utf8(text) {
  return new TextEncoder().encode(text);
}

export function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(digits) {
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) throw new TypeError("not hexadecimal digits");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function canonicalNumber(value) {
  if (!Number.isFinite(value)) throw new TypeError(`number has no canonical form: ${value}`);
  return JSON.stringify(value);
}

function canonicalString(text) {
  if (LONE_SURROGATE.test(text)) throw new TypeError("text holds half a surrogate pair");
  return JSON.stringify(text);
}
