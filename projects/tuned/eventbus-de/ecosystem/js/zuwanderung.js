import { bus } from './bus.js';
import { BREITE, HOEHE, MINDESTENS, neuesTier, welt } from './welt.js';

// Alle paar Sekunden: fehlt eine Art fast ganz, kommen Tiere vom Rand.
bus.an('schritt', (n) => {
  if (n % 90 !== 0) return;
  for (const art of Object.keys(MINDESTENS)) {
    for (let i = welt[art].length; i < MINDESTENS[art]; i++) {
      welt[art].push(neuesTier(art, Math.random() < 0.5 ? 0 : BREITE, Math.random() * HOEHE));
    }
  }
});
