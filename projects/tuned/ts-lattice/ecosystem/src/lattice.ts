export type Species = 'rabbit' | 'fox';

export interface Creature {
  species: Species;
  energy: number;
  age: number;
  cooldown: number;
  moved: number;
}

interface Traits {
  maxEnergy: number;
  cost: number;
  meal: number;
  breedAt: number;
  cooldown: number;
  lifespan: number;
}

export const TRAITS: Record<Species, Traits> = {
  rabbit: { maxEnergy: 20, cost: 0.5, meal: 3, breedAt: 12, cooldown: 10, lifespan: 120 },
  fox: { maxEnergy: 60, cost: 0.8, meal: 14, breedAt: 36, cooldown: 30, lifespan: 220 },
};

const NEIGHBOURS = [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]] as const;

function shuffled<T>(list: readonly T[]): T[] {
  const a = [...list];
  for (let i = a.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [a[i], a[j]] = [a[j], a[i]];
  }
  return a;
}

/** A torus of cells. A cell holds some plant mass and at most one creature. */
export class Lattice {
  readonly plants: Float32Array;
  readonly cells: (Creature | null)[];
  tick = 0;

  constructor(readonly size: number) {
    this.plants = new Float32Array(size * size);
    this.cells = new Array(size * size).fill(null);
    this.populate();
  }

  populate(): void {
    this.tick = 0;
    for (let i = 0; i < this.cells.length; i++) {
      this.plants[i] = Math.random();
      const r = Math.random();
      this.cells[i] = r < 0.05 ? this.create('rabbit') : r < 0.058 ? this.create('fox') : null;
    }
  }

  create(species: Species): Creature {
    return { species, energy: TRAITS[species].breedAt * 0.7, age: 0, cooldown: TRAITS[species].cooldown, moved: -1 };
  }

  private around(i: number): number[] {
    const x = i % this.size;
    const y = Math.floor(i / this.size);
    return shuffled(NEIGHBOURS).map(([dx, dy]) => ((y + dy + this.size) % this.size) * this.size + ((x + dx + this.size) % this.size));
  }

  private growPlants(): void {
    // sunlight: every cell regains a little
    for (let i = 0; i < this.plants.length; i++) this.plants[i] = Math.min(1, this.plants[i] + 0.01);
  }

  private moveTo(from: number, to: number): void {
    this.cells[to] = this.cells[from];
    this.cells[from] = null;
  }

  private rabbit(i: number, c: Creature): number {
    const near = this.around(i);
    const free = near.filter((n) => !this.cells[n]);
    if (free.length) {
      const best = free.reduce((a, b) => (this.plants[b] > this.plants[a] ? b : a));
      this.moveTo(i, best);
      i = best;
    }
    if (this.plants[i] > 0.25) {
      this.plants[i] -= 0.25;
      c.energy = Math.min(TRAITS.rabbit.maxEnergy, c.energy + TRAITS.rabbit.meal * 0.4);
    }
    return i;
  }

  private fox(i: number, c: Creature): number {
    const near = this.around(i);
    const prey = near.find((n) => this.cells[n]?.species === 'rabbit');
    if (prey !== undefined) {
      this.cells[prey] = null;
      this.moveTo(i, prey);
      this.feed(c);
      return prey;
    }
    const free = near.find((n) => !this.cells[n]);
    if (free === undefined) return i;
    this.moveTo(i, free);
    return free;
  }

  /** A meal: the energy of the prey goes to the hunter. */
  private feed(c: Creature): void {
    const gain = TRAITS[c.species].meal;
    let { energy } = c;
    energy = Math.min(TRAITS[c.species].maxEnergy, energy + gain);
  }

  private reproduce(i: number, c: Creature): void {
    const t = TRAITS[c.species];
    if (c.energy < t.breedAt || c.cooldown > 0) return;
    const nest = this.around(i).find((n) => !this.cells[n]);
    if (nest === undefined) return;
    c.energy /= 2;
    c.cooldown = t.cooldown;
    const child = this.create(c.species);
    child.energy = c.energy;
    child.moved = this.tick;
    this.cells[nest] = child;
  }

  step(): void {
    this.tick++;
    this.growPlants();
    for (let i = 0; i < this.cells.length; i++) {
      const c = this.cells[i];
      if (!c || c.moved === this.tick) continue;
      c.moved = this.tick;
      c.age++;
      c.cooldown = Math.max(0, c.cooldown - 1);
      c.energy -= TRAITS[c.species].cost;
      if (c.energy <= 0 || c.age > TRAITS[c.species].lifespan) {
        this.cells[i] = null;
        continue;
      }
      const at = c.species === 'rabbit' ? this.rabbit(i, c) : this.fox(i, c);
      this.reproduce(at, c);
    }
    this.rescue();
  }

  /** Strays arrive from beyond the map when a species has nearly gone. */
  private rescue(): void {
    if (this.tick % 25 !== 0) return;
    for (const species of ['rabbit', 'fox'] as const) {
      const alive = this.count(species);
      const floor = species === 'rabbit' ? 20 : 4;
      for (let k = alive; k < floor; k++) {
        const i = Math.floor(Math.random() * this.cells.length);
        if (!this.cells[i]) this.cells[i] = this.create(species);
      }
    }
  }

  count(species: Species): number {
    let n = 0;
    for (const c of this.cells) if (c?.species === species) n++;
    return n;
  }

  get plantMass(): number {
    return Math.round(this.plants.reduce((a, b) => a + b, 0));
  }
}
