export type Kind = 'grazer' | 'hunter';

export interface Animal {
  readonly id: number;
  readonly kind: Kind;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
  readonly energy: number;
  readonly age: number;
}

export interface Counts {
  readonly grass: number;
  readonly grazers: number;
  readonly hunters: number;
}

export interface World {
  readonly width: number;
  readonly height: number;
  readonly cols: number;
  readonly rows: number;
  readonly grass: Float32Array;
  readonly animals: readonly Animal[];
  readonly nextId: number;
  readonly time: number;
  readonly growth: number;
  readonly history: readonly Counts[];
}

export type Action =
  | { type: 'tick'; dt: number }
  | { type: 'grow'; dt: number }
  | { type: 'graze'; dt: number }
  | { type: 'hunt'; dt: number }
  | { type: 'metabolise'; dt: number }
  | { type: 'breed'; dt: number }
  | { type: 'bury' }
  | { type: 'record' }
  | { type: 'place'; kind: Kind; x: number; y: number }
  | { type: 'setGrowth'; value: number };

export const CELL = 16;

export interface Traits {
  speed: number;
  sight: number;
  burn: number;
  full: number;
  birthEnergy: number;
  birthChance: number;
  lifespan: number;
}

export const TRAITS: Record<Kind, Traits> = {
  grazer: { speed: 38, sight: 60, burn: 0.05, full: 1.6, birthEnergy: 1.0, birthChance: 0.5, lifespan: 60 },
  hunter: { speed: 52, sight: 110, burn: 0.045, full: 2.4, birthEnergy: 1.6, birthChance: 0.25, lifespan: 110 },
};

export const MAX_GRAZERS = 900;
export const MAX_HUNTERS = 180;
// Below these numbers, newcomers wander in so that no species is lost.
export const FLOOR: Record<Kind, number> = { grazer: 8, hunter: 3 };
