import { Graph } from './graph';
import { Lattice } from './lattice';

const grid = document.querySelector<HTMLCanvasElement>('#grid')!;
const ctx = grid.getContext('2d')!;
const lattice = new Lattice(80);
const graph = new Graph(document.querySelector<HTMLCanvasElement>('#graph')!);
const CELL = grid.width / lattice.size;
const TICK = 90; // ms per generation

let running = true;
let owed = 0;
let previous = performance.now();

const show = (key: string, n: number) => {
  document.querySelector(`[data-count="${key}"]`)!.textContent = String(n);
};

function paint(): void {
  for (let i = 0; i < lattice.cells.length; i++) {
    const x = (i % lattice.size) * CELL;
    const y = Math.floor(i / lattice.size) * CELL;
    const c = lattice.cells[i];
    const p = lattice.plants[i];
    ctx.fillStyle = c ? (c.species === 'rabbit' ? '#8d6f3f' : '#c2431d') : `hsl(95 35% ${88 - p * 40}%)`;
    ctx.fillRect(x, y, CELL, CELL);
  }
}

function report(): void {
  const sample = { plant: lattice.plantMass, rabbit: lattice.count('rabbit'), fox: lattice.count('fox') };
  show('plant', sample.plant);
  show('rabbit', sample.rabbit);
  show('fox', sample.fox);
  graph.add(sample);
  graph.draw();
}

function frame(now: number): void {
  const elapsed = Math.min(500, now - previous);
  previous = now;
  if (running) {
    owed += elapsed;
    while (owed >= TICK) {
      owed -= TICK;
      lattice.step();
      report();
    }
  }
  paint();
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

document.querySelector('#toggle')!.addEventListener('click', (e) => {
  running = !running;
  (e.target as HTMLElement).textContent = running ? 'Stop' : 'Go on';
});
document.querySelector('#again')!.addEventListener('click', () => {
  lattice.populate();
  graph.clear();
});

// Lets the visitor scatter rabbits with the mouse
export function scatter(e: PointerEvent): void {
  const x = Math.floor(e.offsetX / CELL);
  const y = Math.floor(e.offsetY / CELL);
  lattice.cells[y * lattice.size + x] = lattice.create('rabbit');
}
