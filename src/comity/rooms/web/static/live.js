// A room as it happens: its log, checked entry by entry in this browser, and where it stands.

import { ask } from "./api.js";
import { readPanel } from "./panel.js";
import { addEntry, emptyRoom } from "./protocol.js";

const RETRY = 3000;

/**
 * Follow a room; `changed` is called with `(table, panel)` after every change, in order.
 *
 * `table` is the room that the log makes and `panel` what the server writes of it, both up to the
 * same entry. `lost` is called with the error that keeps the server out of reach, and with `null`
 * once that is over; `broken` with the error of a log that does not hold.
 */
export async function follow(room, { changed, lost, broken }) {
  let table = null, events = null, due = null, gone = false, queue = Promise.resolve();
  const next = (work) => { queue = queue.then(work).catch(broken); return queue; };
  const reach = (error) => { if (error || gone) { gone = Boolean(error); lost(error); } };
  const take = async (entries) => {
    for (const entry of entries) if (entry.index === table.entries.length) await addEntry(table, entry);
  };
  const read = async () => {
    const panel = await readPanel(room), from = table?.entries.length ?? 0;
    return { panel, log: from < panel.entries ? await ask(`/api/rooms/${room}/log?from=${from}`) : null };
  };
  /** Show the room as it is now. News that come while one look waits for its turn need no other. */
  const look = () => {
    due ??= next(async () => {
      due = null;
      const { panel, log, error } = await read().catch((error) => ({ error }));
      reach(error ?? null);
      if (error) { setTimeout(again, RETRY); return; }
      table ??= emptyRoom(log.operator);
      if (log) await take(log.entries.filter((entry) => entry.index < panel.entries));
      await changed(table, panel);
      if (table.phase === "ended") events?.close();
    });
    return due;
  };
  /** Look, and listen for what comes; a stream that was refused is closed for good. */
  const again = async () => {
    await look();
    const silent = !events || events.readyState === EventSource.CLOSED;
    if (table && table.phase !== "ended" && silent) listen();
  };
  const listen = () => {
    events = new EventSource(`/api/rooms/${room}/events?from=${table.entries.length}`);
    events.addEventListener("entry", (event) => next(() => take([JSON.parse(event.data)])));
    events.addEventListener("state", look);
    events.addEventListener("open", () => reach(null));
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(again, RETRY);
      else reach(new Error());
    });
  };
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });
  await again();
}

/** The log as a file for `comity verify`. */
export function logOf(table) {
  return { protocol: "comity-room-1", operator: table.operator, entries: table.entries };
}
