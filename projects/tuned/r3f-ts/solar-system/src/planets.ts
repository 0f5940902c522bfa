export interface PlanetSpec {
  name: string;
  radiusKm: number;
  /** orbit radius in scene units */
  orbit: number;
  periodDays: number;
  tiltDeg: number;
  color: string;
  moons: number;
  meanTempC: number;
  note: string;
}

export const PLANETS: PlanetSpec[] = [
  { name: 'Mercury', radiusKm: 2439.7, orbit: 8, periodDays: 87.969, tiltDeg: 0.03, color: '#9c9488', moons: 0, meanTempC: 167, note: 'A day here lasts two of its years.' },
  { name: 'Venus', radiusKm: 6051.8, orbit: 11, periodDays: 224.701, tiltDeg: 177.4, color: '#e0b877', moons: 0, meanTempC: 464, note: 'Spins backwards under a crushing sky.' },
  { name: 'Earth', radiusKm: 6371, orbit: 15, periodDays: 365.256, tiltDeg: 23.4, color: '#3f7fd8', moons: 1, meanTempC: 15, note: 'Liquid water all over the place.' },
  { name: 'Mars', radiusKm: 3389.5, orbit: 19, periodDays: 686.98, tiltDeg: 25.2, color: '#c7563a', moons: 2, meanTempC: -65, note: 'Home of the largest known volcano.' },
  { name: 'Jupiter', radiusKm: 69911, orbit: 27, periodDays: 4332.59, tiltDeg: 3.1, color: '#cfa57c', moons: 95, meanTempC: -110, note: 'Heavier than all the others together.' },
  { name: 'Saturn', radiusKm: 58232, orbit: 36, periodDays: 10759.22, tiltDeg: 26.7, color: '#dcc793', moons: 146, meanTempC: -140, note: 'Rings of ice, only metres thick.' },
  { name: 'Uranus', radiusKm: 25362, orbit: 44, periodDays: 30688.5, tiltDeg: 97.8, color: '#94dadb', moons: 28, meanTempC: -195, note: 'Rolls round the sun on its side.' },
  { name: 'Neptune', radiusKm: 24622, orbit: 52, periodDays: 60182, tiltDeg: 28.3, color: '#3e60cf', moons: 16, meanTempC: -200, note: 'Found with a pencil before a telescope.' },
];

const EARTH_KM = 6371;

/** Cube-root compression keeps Mercury visible beside Jupiter. */
export const sceneRadius = (km: number) => 0.9 * Math.cbrt(km / EARTH_KM);

/** Real distances in AU, for reference. */
export const AU: Record<string, number> = {
  Mercury: 0.387, Venus: 0.723, Earth: 1, Mars: 1.524, Jupiter: 5.203, Saturn: 9.537, Uranus: 19.19, Neptune: 30.07,
};
export const scaledOrbit = (name: string) => 8 * Math.sqrt(AU[name]);
