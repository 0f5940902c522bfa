import { bus } from './bus.js';
import { ARTEN, BREITE, GRENZE, HOEHE, einstellungen, neuesKraut, neuesTier, welt } from './welt.js';

/** Nächstes lebendes Wesen einer Liste in Sichtweite. */
function naechstes(tier, liste, weite) {
  let wahl = null;
  let d2 = weite * weite;
  for (const l of liste) {
    if (!l.lebt) continue;
    const q = (l.x - tier.x) ** 2 + (l.y - tier.y) ** 2;
    if (q < d2) { d2 = q; wahl = l; }
  }
  return wahl;
}

function wende(tier, ziel, weg = false) {
  tier.richtung = Math.atan2(ziel.y - tier.y, ziel.x - tier.x) + (weg ? Math.PI : 0);
}

function laufe(tier, tempo) {
  tier.x += Math.cos(tier.richtung) * tempo;
  tier.y += Math.sin(tier.richtung) * tempo;
  if (tier.x < 0 || tier.x > BREITE) tier.richtung = Math.PI - tier.richtung;
  if (tier.y < 0 || tier.y > HOEHE) tier.richtung = -tier.richtung;
  tier.x = Math.min(BREITE, Math.max(0, tier.x));
  tier.y = Math.min(HOEHE, Math.max(0, tier.y));
}

const nah = (a, b, d) => Math.hypot(a.x - b.x, a.y - b.y) < d;

/** Lässt ein Tier einen Schritt altern. */
function altere(tier) {
  tier.alter += 1;
}

function hase(tier) {
  const art = ARTEN.hase;
  const feind = naechstes(tier, welt.fuchs, art.sicht);
  if (feind) {
    wende(tier, feind, true);
    laufe(tier, art.tempo * 1.15);
    return;
  }
  const futter = tier.energie < 120 ? naechstes(tier, welt.kraut, art.sicht) : null;
  if (futter) wende(tier, futter);
  else tier.richtung += (Math.random() - 0.5) * 0.5;
  laufe(tier, art.tempo * 0.8);
  if (futter && nah(tier, futter, 6)) {
    futter.lebt = false;
    bus.melde('tier:frisst', { tier, menge: art.gewinn * futter.groesse * 2 });
  }
}

function fuchs(tier) {
  const art = ARTEN.fuchs;
  const beute = tier.energie < 240 ? naechstes(tier, welt.hase, art.sicht) : null;
  if (!beute) {
    tier.richtung += (Math.random() - 0.5) * 0.4;
    laufe(tier, art.tempo * 0.6);
    return;
  }
  wende(tier, beute);
  laufe(tier, art.tempo);
  if (nah(tier, beute, 8)) {
    beute.lebt = false;
    bus.melde('tier:frisst', { tier, menge: art.gewinn });
  }
}

function koerper(tier) {
  const art = ARTEN[tier.art];
  const faktor = tier.art === 'fuchs' ? einstellungen.hunger : 1;
  tier.energie -= art.verbrauch * faktor;
  altere(tier);
  if (tier.ruhe > 0) tier.ruhe--;
  if (tier.energie <= 0) bus.melde('tier:stirbt', { tier, grund: 'Hunger' });
  else if (tier.alter > art.hoechstalter) bus.melde('tier:stirbt', { tier, grund: 'Alter' });
  else if (tier.energie > art.geburt && tier.ruhe === 0) bus.melde('tier:gebiert', { tier });
}

function lasseWachsen() {
  for (let i = 0; i < einstellungen.wuchs; i++) {
    if (welt.kraut.length < GRENZE.kraut) welt.kraut.push(neuesKraut());
  }
  for (const k of welt.kraut) k.groesse = Math.min(1, k.groesse + 0.002);
}

// --- Reaktionen auf Ereignisse --------------------------------------------
bus.an('tier:gestorben', ({ tier }) => { tier.lebt = false; });

bus.an('tier:frisst', ({ tier, menge }) => { tier.energie += menge; });

bus.an('tier:gebiert', ({ tier }) => {
  if (welt[tier.art].length >= GRENZE[tier.art]) return;
  tier.energie *= 0.5;
  tier.ruhe = ARTEN[tier.art].pause;
  welt[tier.art].push(neuesTier(tier.art, tier.x, tier.y));
});

export function einSchritt() {
  welt.schritt++;
  lasseWachsen();
  for (const t of [...welt.hase]) { if (t.lebt) { hase(t); koerper(t); } }
  for (const t of [...welt.fuchs]) { if (t.lebt) { fuchs(t); koerper(t); } }
  bus.melde('schritt', welt.schritt);
}
