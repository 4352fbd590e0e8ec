// A room as it happens: its log, checked entry by entry in this browser, and where it stands.

import { ask } from "./api.js";
import { addEntry, emptyRoom } from "./protocol.js";

const RETRY = 3000;

/**
 * Follow a room; `changed` is called with `(table, state)` after every change, in order.
 *
 * `table` is the room that the log makes, `state` what the server says of it; `lost` is called
 * with whether the connection is lost, `broken` with the error of a log that does not hold.
 */
export async function follow(room, { changed, lost, broken }) {
  const log = await ask(`/api/rooms/${room}/log`);
  const table = emptyRoom(log.operator);
  let state = await ask(`/api/rooms/${room}`);
  let queue = Promise.resolve();
  const take = async (entries) => {
    for (const entry of entries) if (entry.index === table.entries.length) await addEntry(table, entry);
  };
  const next = (work) => { queue = queue.then(work).catch(broken); return queue; };
  await next(() => take(log.entries));
  let events = null;
  /** A stream that was refused is closed for good: look at the room, and ask for another. */
  const again = async () => {
    const found = await Promise.all([
      ask(`/api/rooms/${room}`), ask(`/api/rooms/${room}/log?from=${table.entries.length}`),
    ]).catch(() => null);
    lost(found === null);
    if (found) {
      await next(async () => {
        state = found[0];
        await take(found[1].entries);
        await changed(table, state);
      });
    }
    if (table.phase !== "ended") listen();
  };
  const listen = () => {
    events = new EventSource(`/api/rooms/${room}/events?from=${table.entries.length}`);
    events.addEventListener("entry", (event) => next(() => take([JSON.parse(event.data)])));
    events.addEventListener("state", (event) => {
      const told = JSON.parse(event.data);
      next(async () => { state = told; await changed(table, state); });
    });
    events.addEventListener("open", () => lost(false));
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(again, RETRY);
      else lost(true);
    });
  };
  listen();
  addEventListener("pagehide", () => events.close());
  return next(() => changed(table, state));
}

/** The log as a file for `comity verify`. */
export function logOf(table) {
  return { protocol: "comity-room-1", operator: table.operator, entries: table.entries };
}
