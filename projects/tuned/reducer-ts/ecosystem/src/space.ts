import type { Animal, Kind } from './model';

const BUCKET = 110;
export type Index = ReadonlyMap<string, readonly Animal[]>;

const key = (bx: number, by: number) => `${bx},${by}`;

/** Buckets the animals of one kind so that neighbours are found locally. */
export function buildIndex(animals: readonly Animal[], kind: Kind): Index {
  const index = new Map<string, Animal[]>();
  for (const a of animals) {
    if (a.kind !== kind) continue;
    const k = key(Math.floor(a.x / BUCKET), Math.floor(a.y / BUCKET));
    const list = index.get(k);
    if (list) list.push(a);
    else index.set(k, [a]);
  }
  return index;
}

export function closest(index: Index, x: number, y: number, reach: number, accept: (a: Animal) => boolean = () => true): Animal | null {
  const bx = Math.floor(x / BUCKET);
  const by = Math.floor(y / BUCKET);
  let best: Animal | null = null;
  let bestSq = reach * reach;
  for (let j = by - 1; j <= by + 1; j++) {
    for (let i = bx - 1; i <= bx + 1; i++) {
      for (const a of index.get(key(i, j)) ?? []) {
        const sq = (a.x - x) ** 2 + (a.y - y) ** 2;
        if (sq < bestSq && accept(a)) {
          best = a;
          bestSq = sq;
        }
      }
    }
  }
  return best;
}
