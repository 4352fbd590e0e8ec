// What a seat keeps in this browser, and nowhere else: its secret, its view, its sealed report.

const name = (room, seat) => `comity-seat-${room}-${seat}`;
const AUTOMATIC = "comity-automatic-";

export function recall(room, seat) {
  try {
    return JSON.parse(localStorage.getItem(name(room, seat))) ?? {};
  } catch {
    return {};
  }
}

export function remember(room, seat, kept) {
  localStorage.setItem(name(room, seat), JSON.stringify(kept));
}

/** Forget all of a room: its seats, and the automatic parties that sit there. */
export function forget(room) {
  const mine = (key) => key.startsWith(name(room, "")) || key === AUTOMATIC + room;
  Object.keys(localStorage).filter(mine).forEach((key) => localStorage.removeItem(key));
}

/** Links of the automatic parties that somebody seated from this browser. */
export function automaticSeats(room) {
  return JSON.parse(localStorage.getItem(AUTOMATIC + room) ?? "{}");
}

export function keepAutomatic(room, seats) {
  localStorage.setItem(AUTOMATIC + room, JSON.stringify(seats));
}
