import { bus } from './bus.js';

export const BREITE = 880;
export const HOEHE = 620;

export const einstellungen = { wuchs: 2, hunger: 1 };
export const GRENZE = { kraut: 420, hase: 260, fuchs: 60 };
export const MINDESTENS = { hase: 8, fuchs: 2 };

export const welt = { kraut: [], hase: [], fuchs: [], schritt: 0 };

const zufall = (a, b) => a + Math.random() * (b - a);

export const ARTEN = {
  hase: { tempo: 1.5, sicht: 75, verbrauch: 0.06, start: 40, geburt: 80, pause: 140, hoechstalter: 2400, gewinn: 14 },
  fuchs: { tempo: 1.9, sicht: 130, verbrauch: 0.1, start: 90, geburt: 170, pause: 420, hoechstalter: 4200, gewinn: 55 },
};

export function neuesKraut(x = zufall(0, BREITE), y = zufall(0, HOEHE)) {
  return { art: 'kraut', x, y, groesse: zufall(0.2, 0.5), lebt: true };
}

export function neuesTier(art, x = zufall(0, BREITE), y = zufall(0, HOEHE)) {
  return { art, x, y, richtung: zufall(0, Math.PI * 2), energie: ARTEN[art].start, alter: 0, ruhe: ARTEN[art].pause, lebt: true };
}

export function besiedle() {
  welt.schritt = 0;
  welt.kraut = Array.from({ length: 260 }, () => neuesKraut());
  welt.hase = Array.from({ length: 70 }, () => neuesTier('hase'));
  welt.fuchs = Array.from({ length: 9 }, () => neuesTier('fuchs'));
  bus.melde('welt:neu');
}

export function raeumeAuf() {
  for (const art of ['kraut', 'hase', 'fuchs']) welt[art] = welt[art].filter((l) => l.lebt);
}
