// The protocol of rooms for a browser: see "The protocol of rooms" in the documentation.

export * from "./canonical.js";
export * from "./forms.js";
export * from "./signing.js";
export * from "./folding.js";
