import { CELL, FLOOR, MAX_GRAZERS, MAX_HUNTERS, TRAITS, type Action, type Animal, type Counts, type Kind, type World } from './model';
import { buildIndex, closest } from './space';

type Reducer = (world: World, action: Action) => World;

const clamp = (v: number, lo: number, hi: number) => Math.min(hi, Math.max(lo, v));
const pipe = (...rs: Reducer[]): Reducer => (w, a) => rs.reduce((acc, r) => r(acc, a), w);

const cellOf = (w: World, x: number, y: number) =>
  clamp(Math.floor(y / CELL), 0, w.rows - 1) * w.cols + clamp(Math.floor(x / CELL), 0, w.cols - 1);

export const makeAnimal = (id: number, kind: Kind, x: number, y: number, energy: number): Animal => ({
  id, kind, x, y, energy, age: 0, heading: Math.random() * Math.PI * 2,
});

/** Moves along the heading and turns back at the edges. */
const advance = (w: World, a: Animal, heading: number, step: number): Animal => {
  const x = a.x + Math.cos(heading) * step;
  const y = a.y + Math.sin(heading) * step;
  const out = x < 0 || y < 0 || x >= w.width || y >= w.height;
  return { ...a, x: clamp(x, 0, w.width - 1), y: clamp(y, 0, w.height - 1), heading: out ? heading + Math.PI / 2 : heading };
};
const wander = (a: Animal) => a.heading + (Math.random() - 0.5) * 0.6;

// --- grass ---------------------------------------------------------------
const grow: Reducer = (w, action) => {
  if (action.type !== 'tick') return w;
  const grass = w.grass.map((g) => Math.min(1, g + (0.01 + g * 0.12) * (1 - g) * w.growth * action.dt));
  return { ...w, grass };
};

// --- grazers --------------------------------------------------------------
const graze: Reducer = (w, action) => {
  if (action.type !== 'tick') return w;
  const t = TRAITS.grazer;
  const threats = buildIndex(w.animals, 'hunter');
  const grass = w.grass.slice();
  const animals = w.animals.map((a) => {
    if (a.kind !== 'grazer') return a;
    const threat = closest(threats, a.x, a.y, t.sight);
    if (threat) return advance(w, a, Math.atan2(a.y - threat.y, a.x - threat.x), t.speed * action.dt);
    const c = cellOf(w, a.x, a.y);
    if (grass[c] > 0.2 && a.energy < t.full) {
      const bite = Math.min(grass[c], 0.6 * action.dt);
      grass[c] -= bite;
      return advance(w, { ...a, energy: a.energy + bite * 0.5 }, wander(a), t.speed * 0.15 * action.dt);
    }
    return advance(w, a, wander(a), t.speed * 0.7 * action.dt);
  });
  return { ...w, grass, animals };
};

// --- hunters -------------------------------------------------------------
const hunt: Reducer = (w, action) => {
  if (action.type !== 'tick') return w;
  const t = TRAITS.hunter;
  const index = buildIndex(w.animals, 'grazer');
  const eaten = new Set<number>();
  const animals = w.animals.map((a) => {
    if (a.kind !== 'hunter') return a;
    const target = a.energy < t.full ? closest(index, a.x, a.y, t.sight, (g) => !eaten.has(g.id)) : null;
    if (!target) return advance(w, a, wander(a), t.speed * 0.5 * action.dt);
    if (Math.hypot(target.x - a.x, target.y - a.y) < 6) {
      eaten.add(target.id);
      return { ...a, energy: a.energy + 0.7 };
    }
    return advance(w, a, Math.atan2(target.y - a.y, target.x - a.x), t.speed * action.dt);
  });
  return { ...w, animals: animals.filter((a) => !eaten.has(a.id)) };
};

// --- bodies --------------------------------------------------------------
const metabolise: Reducer = (w, action) => {
  if (action.type !== 'tick') return w;
  const animals = w.animals.map((a) => ({
    ...a,
    age: a.age + action.dt,
    energy: Math.max(0.02, a.energy - TRAITS[a.kind].burn * action.dt),
  }));
  return { ...w, animals };
};

const starved = (a: Animal) => a.energy <= 0;
const tooOld = (a: Animal) => a.age > TRAITS[a.kind].lifespan;

const bury: Reducer = (w) => ({ ...w, animals: w.animals.filter((a) => !starved(a) && !tooOld(a)) });

// --- birth ----------------------------------------------------------------
const breedOf = (species: string, cap: number): Reducer => (w, action) => {
  if (action.type !== 'tick') return w;
  let room = cap - w.animals.filter((a) => a.kind === species).length;
  let nextId = w.nextId;
  const young: Animal[] = [];
  const animals = w.animals.map((a) => {
    if (a.kind !== species || room <= 0) return a;
    const t = TRAITS[a.kind];
    if (a.energy < t.birthEnergy || Math.random() > t.birthChance * action.dt) return a;
    room--;
    young.push(makeAnimal(nextId++, a.kind, a.x, a.y, a.energy / 2));
    return { ...a, energy: a.energy / 2 };
  });
  return { ...w, nextId, animals: [...animals, ...young] };
};
const breedGrazers = breedOf('grazer', MAX_GRAZERS);
const breedHunters = breedOf('predator', MAX_HUNTERS);

// --- rescue ---------------------------------------------------------------
/** Bare ground is reseeded from the seed bank, so that grass cannot vanish. */
const seedBank: Reducer = (w, action) => {
  if (action.type !== 'tick') return w;
  const total = w.grass.reduce((s, g) => s + g, 0);
  if (total > w.grass.length * 0.05) return w;
  return { ...w, grass: w.grass.map((g) => Math.max(g, Math.random() * 0.3)) };
};

/** Newcomers from outside when a species falls below its floor. */
export const immigrate: Reducer = (w) =>
  (Object.keys(FLOOR) as Kind[]).reduce((acc, kind) => {
    const missing = FLOOR[kind] - acc.animals.filter((a) => a.kind === kind).length;
    if (missing <= 0) return acc;
    const fresh = Array.from({ length: missing }, (_, i) => makeAnimal(acc.nextId + i, kind, 0, Math.random() * acc.height, 1));
    return { ...acc, nextId: acc.nextId + missing, animals: [...acc.animals, ...fresh] };
  }, w);

// --- records and input -------------------------------------------------------
export const countOf = (w: World): Counts => ({
  grass: w.grass.reduce((s, g) => s + g, 0),
  grazers: w.animals.filter((a) => a.kind === 'grazer').length,
  hunters: w.animals.filter((a) => a.kind === 'hunter').length,
});

const record: Reducer = (w, action) => {
  if (action.type !== 'tick') return w;
  const time = w.time + action.dt;
  if (Math.floor(time * 2) === Math.floor(w.time * 2)) return { ...w, time };
  return { ...w, time, history: [...w.history.slice(-299), countOf(w)] };
};

const input: Reducer = (w, action) => {
  switch (action.type) {
    case 'place':
      return { ...w, nextId: w.nextId + 1, animals: [...w.animals, makeAnimal(w.nextId, action.kind, action.x, action.y, 1)] };
    case 'setGrowth':
      return { ...w, growth: action.value };
    default:
      return w;
  }
};

export const root: Reducer = pipe(input, grow, graze, hunt, metabolise, breedGrazers, breedHunters, bury, seedBank, record);

export function initialWorld(width: number, height: number): World {
  const cols = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const animals: Animal[] = [];
  for (let i = 0; i < 180; i++) animals.push(makeAnimal(i, 'grazer', Math.random() * width, Math.random() * height, 0.8));
  for (let i = 180; i < 200; i++) animals.push(makeAnimal(i, 'hunter', Math.random() * width, Math.random() * height, 1.2));
  return {
    width, height, cols, rows, animals,
    grass: Float32Array.from({ length: cols * rows }, () => 0.3 + Math.random() * 0.6),
    nextId: 200, time: 0, growth: 1, history: [],
  };
}
