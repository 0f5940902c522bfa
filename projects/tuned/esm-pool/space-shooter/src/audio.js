import { on } from './events.js';

let ctx;
export function unlockAudio() {
  ctx ??= new AudioContext();
  if (ctx.state === 'suspended') ctx.resume();
}

function blip(type, from, to, dur, vol) {
  if (!ctx) return;
  const t = ctx.currentTime;
  const osc = ctx.createOscillator();
  const gain = ctx.createGain();
  osc.type = type;
  osc.frequency.setValueAtTime(from, t);
  osc.frequency.exponentialRampToValueAtTime(to, t + dur);
  gain.gain.setValueAtTime(vol, t);
  gain.gain.exponentialRampToValueAtTime(0.001, t + dur);
  osc.connect(gain).connect(ctx.destination);
  osc.start(t);
  osc.stop(t + dur);
}

on('player:fired', () => blip('square', 900, 180, 0.12, 0.08));
on('enemy:killed', () => blip('sawtooth', 220, 30, 0.45, 0.2));
on('player:hit', () => blip('triangle', 120, 40, 0.3, 0.3));
