// Results while one types. Without this script the form does the same by itself.

const WAIT = 90;
const form = document.getElementById("live-search");
const results = document.getElementById("results");
let timer = 0;
let running = null;

/** The search as it stands in the form, without what is empty. */
function asked() {
  const filled = [...new FormData(form)].filter(([, value]) => value.trim());
  return new URLSearchParams(filled).toString();
}

async function search() {
  const query = asked();
  running?.abort();
  const mine = (running = new AbortController());
  const here = form.action;
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`${here}?${query}${query ? "&" : ""}part=1`, { signal: mine.signal });
    if (!response.ok) throw new Error(String(response.status));
    const written = new DOMParser().parseFromString(await response.text(), "text/html");
    results.replaceChildren(...written.body.childNodes);
    history.replaceState(null, "", query ? `${here}?${query}` : here);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
    return;
  } finally {
    if (running === mine) results.removeAttribute("aria-busy");
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(search, WAIT);
}

form.addEventListener("input", soon);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search();
});
form.dataset.alive = "";
