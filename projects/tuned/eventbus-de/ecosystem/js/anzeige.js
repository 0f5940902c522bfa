import { bus } from './bus.js';
import { BREITE, HOEHE, welt } from './welt.js';

const wald = document.getElementById('wald').getContext('2d');
const verlauf = document.getElementById('verlauf').getContext('2d');
const FARBE = { kraut: '#6fae52', hase: '#e6dcc0', fuchs: '#e07a35' };
let reihen = [];

bus.an('welt:neu', () => { reihen = []; });

bus.an('schritt', (n) => {
  for (const art of Object.keys(FARBE)) document.getElementById(`z-${art}`).textContent = welt[art].length;
  if (n % 15) return;
  reihen.push({ kraut: welt.kraut.length, hase: welt.hase.length, fuchs: welt.fuchs.length });
  if (reihen.length > 300) reihen.shift();
  zeichneVerlauf();
});

function zeichneVerlauf() {
  verlauf.clearRect(0, 0, 300, 130);
  for (const art of Object.keys(FARBE)) {
    const hoch = Math.max(10, ...reihen.map((r) => r[art]));
    verlauf.strokeStyle = FARBE[art];
    verlauf.beginPath();
    reihen.forEach((r, i) => verlauf.lineTo(i, 126 - (r[art] / hoch) * 120));
    verlauf.stroke();
  }
}

function punkt(l, r) {
  wald.fillStyle = FARBE[l.art];
  wald.beginPath();
  wald.arc(l.x, l.y, r, 0, 7);
  wald.fill();
}

export function zeichne() {
  wald.clearRect(0, 0, BREITE, HOEHE);
  for (const k of welt.kraut) punkt(k, 1.5 + k.groesse * 3);
  for (const h of welt.hase) punkt(h, 4);
  for (const f of welt.fuchs) punkt(f, 6);
}
