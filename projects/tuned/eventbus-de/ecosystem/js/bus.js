/** Ereignisbus: alle Teile der Simulation reden nur hierüber miteinander. */
const hoerer = new Map();

export const bus = {
  an(name, fn) {
    if (!hoerer.has(name)) hoerer.set(name, []);
    hoerer.get(name).push(fn);
  },
  melde(name, daten) {
    for (const fn of hoerer.get(name) ?? []) fn(daten);
  },
};
