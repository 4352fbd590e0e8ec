// From a disk a folder is not its page: then links and frames name the file in it.
if (location.protocol === "file:") {
  for (const [selector, name] of [["a[href]", "href"], ["iframe[src]", "src"]]) {
    for (const element of document.querySelectorAll(selector)) {
      const place = new URL(element[name]);
      if (place.protocol !== "file:" || !place.pathname.endsWith("/")) continue;
      place.pathname += "index.html";
      element.setAttribute(name, place.href);
    }
  }
}
