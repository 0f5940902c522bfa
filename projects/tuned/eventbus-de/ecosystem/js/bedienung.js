import { bus } from './bus.js';

const el = (id) => document.getElementById(id);

// Regler wirken sofort auf die laufende Simulation
el('r-wuchs').addEventListener('input', (e) => bus.melde('regler:wuchs', Number(e.target.value)));
el('r-hunger').addEventListener('input', (e) => bus.melde('regler:hunger', Number(e.target.value)));

el('k-pause').addEventListener('click', () => bus.melde('lauf:umschalten'));
el('k-neu').addEventListener('click', () => bus.melde('lauf:neu'));

bus.an('lauf:zustand', (laeuft) => { el('k-pause').textContent = laeuft ? 'Pause' : 'Weiter'; });
