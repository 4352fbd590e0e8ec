// One seat at the table: what it sends, by a view and a secret that never leave this browser.

import { recall, remember } from "./memory.js";
import {
  drawNonce, drawPart, newSecret, reportCommitment, reportNonce, seatKey, signMessage,
} from "./protocol.js";

export class Seat {
  constructor(room, name) {
    this.room = room;
    this.name = name;
  }

  /** What this browser keeps of the seat, whichever of its pages wrote it last. */
  get kept() {
    return recall(this.room, this.name);
  }

  /** Keep something of this seat in the browser. */
  keep(changes) {
    remember(this.room, this.name, { ...this.kept, ...changes });
  }

  async key() {
    if (!this.kept.secret) this.keep({ secret: newSecret() });
    return seatKey(this.kept.secret, this.room, this.name);
  }

  /** Whether the seat was taken from this browser. */
  async isMine(table) {
    return Boolean(this.kept.secret) && (await this.key()).public === table.keys[this.name];
  }

  join(table) {
    return this.message(table, "join", { terms: table.termsHash, operator: table.operator });
  }

  /** Seal a report: from the first try on it is fixed here, and only its fingerprint is sent. */
  async commit(table, report) {
    if (!this.kept.sealed) this.keep({ sealed: report });
    return this.message(table, "commit", await this.commitment(table));
  }

  async commitment(table) {
    const rounds = table.terms.constitution.talk.rounds, parts = [];
    for (let k = 0; k <= rounds; k += 1) {
      const nonce = await drawNonce(this.kept.secret, this.room, this.name, k, table.seated);
      parts.push(await drawPart(this.room, table.termsHash, this.name, nonce, k));
    }
    return {
      report: await reportCommitment(this.room, table.termsHash, this.name, this.kept.sealed, await this.nonce(table)),
      draws: parts,
    };
  }

  nonce(table) {
    return reportNonce(this.kept.secret, this.room, this.name, table.seated);
  }

  async reveal(table) {
    return this.message(table, "reveal", { report: this.kept.sealed, nonce: await this.nonce(table) });
  }

  async answer(table, accepts, reasons = [], text = "") {
    const draw = accepts ? await drawNonce(this.kept.secret, this.room, this.name, table.round, table.seated) : null;
    return this.message(table, "answer", { accepts, reasons, draw, text });
  }

  say(table, act, about, text) {
    return this.message(table, "say", { act, about, text });
  }

  leave(table, text = "") {
    return this.message(table, "leave", { text });
  }

  async message(table, type, body) {
    return signMessage({
      key: await this.key(), room: this.room, type, body, author: this.name, round: table.round, after: table.anchor,
    });
  }
}
