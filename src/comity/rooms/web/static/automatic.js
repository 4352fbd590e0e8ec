// Automatic parties that were seated from this browser: it asks the server for their moves.

import { ask } from "./api.js";
import { automaticSeats } from "./memory.js";

const MOVING = ["joining", "committing", "revealing", "answering"];

export class Automatic {
  constructor(room) {
    this.room = room;
    this.seats = automaticSeats(room);
    this.busy = false;
    this.waiting = null;
  }

  /** Let every automatic party that the room waits for make its move; changes meanwhile count too. */
  async move(missing, phase) {
    this.waiting = MOVING.includes(phase) ? missing.filter((who) => Object.hasOwn(this.seats, who)) : [];
    if (this.busy) return;
    this.busy = true;
    while (this.waiting) {
      const names = this.waiting;
      this.waiting = null;
      await this.moveAll(names);
    }
    this.busy = false;
  }

  /** Make some moves, one after the other. */
  async moveAll(names) {
    try {
      for (const name of names) {
        const { token, kind } = this.seats[name];
        await ask(`/rooms/${this.room}/automatic`, { body: { kind }, token });
      }
    } catch {
      // It is asked again when the room changes, or when the page is opened again.
    }
  }
}
