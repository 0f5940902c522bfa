import { bus } from './bus.js';
import { besiedle, einstellungen, raeumeAuf } from './welt.js';
import { einSchritt } from './verhalten.js';
import { zeichne } from './anzeige.js';
import './zuwanderung.js';
import './bedienung.js';

const TAKT_MS = 33;
let laeuft = true;

bus.an('lauf:umschalten', () => {
  laeuft = !laeuft;
  bus.melde('lauf:zustand', laeuft);
});
bus.an('lauf:neu', besiedle);
bus.an('einstellung:wuchs', (wert) => { einstellungen.wuchs = wert; });
bus.an('einstellung:hunger', (wert) => { einstellungen.hunger = wert; });

setInterval(() => {
  if (!laeuft) return;
  einSchritt();
  raeumeAuf();
}, TAKT_MS);

function bild() {
  zeichne();
  requestAnimationFrame(bild);
}

besiedle();
bild();
