// Automatic parties that were seated from this browser: it asks the server for their moves.

import { ask } from "./api.js";
import { automaticSeats } from "./memory.js";

const MOVING = ["joining", "committing", "revealing", "answering"];

export class Automatic {
  constructor(room) {
    this.room = room;
    this.seats = automaticSeats(room);
    this.busy = false;
  }

  /** Let every automatic party that the room waits for make its move, one after the other. */
  async move(missing, phase) {
    if (this.busy || !MOVING.includes(phase)) return;
    this.busy = true;
    try {
      for (const name of missing.filter((who) => Object.hasOwn(this.seats, who))) {
        const { token, kind } = this.seats[name];
        await ask(`/rooms/${this.room}/automatic`, { body: { kind }, token });
      }
    } catch {
      // It is asked again when the room changes, or when the page is opened again.
    } finally {
      this.busy = false;
    }
  }
}
