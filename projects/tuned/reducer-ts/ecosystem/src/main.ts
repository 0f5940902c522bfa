import type { Action, World } from './model';
import { initialWorld, root } from './reducers';
import { chart, paint } from './view';

const $ = <T extends Element>(sel: string) => document.querySelector<T>(sel)!;
const field = $<HTMLCanvasElement>('#field');
const ctx = field.getContext('2d')!;
const svg = $<SVGSVGElement>('#chart');

let world: World = initialWorld(field.width, field.height);
let running = true;
let warp = 1;

const dispatch = (action: Action) => {
  world = root(world, action);
};

// Fixed steps of 1/30 s, taken from an accumulator of real time.
const STEP = 1 / 30;
let bank = 0;
let before = performance.now();

function frame(now: number) {
  const elapsed = Math.min(0.25, (now - before) / 1000);
  before = now;
  if (running) {
    bank += elapsed * warp;
    for (; bank >= STEP; bank -= STEP) dispatch({ type: 'tick', dt: STEP });
  }
  paint(ctx, world);
  chart(svg, world.history);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

$<HTMLInputElement>('#growth').addEventListener('input', (e) => {
  dispatch({ type: 'setGrowth', value: Number((e.target as HTMLInputElement).value) });
});
$<HTMLInputElement>('#warp').addEventListener('input', (e) => {
  warp = Number((e.target as HTMLInputElement).value);
});
$<HTMLButtonElement>('#pause').addEventListener('click', (e) => {
  running = !running;
  (e.currentTarget as HTMLButtonElement).textContent = running ? 'Pause' : 'Resume';
});
$<HTMLButtonElement>('#reset').addEventListener('click', () => {
  world = initialWorld(field.width, field.height);
});
field.addEventListener('pointerdown', (e) => {
  const box = field.getBoundingClientRect();
  const x = ((e.clientX - box.left) / box.width) * field.width;
  const y = ((e.clientY - box.top) / box.height) * field.height;
  dispatch({ type: 'place', kind: e.altKey ? 'hunter' : 'grazer', x, y });
});
