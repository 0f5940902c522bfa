/**
 * Planetary data.
 * radius: kilometres (NASA fact sheet), distance: AU,
 * speed: relative orbital speed used by the simulation.
 */
export const PLANETS = [
  { name: 'Mercury', radius: 2439.7, distance: 0.387, speed: 4.7, color: 0x9c9c9c, description: 'The smallest planet and the closest to the Sun.', facts: { Moons: 0, 'Day length': '58.6 days', Temperature: '-173 to 427 °C' } },
  { name: 'Venus', radius: 6051.8, distance: 0.723, speed: 3.5, color: 0xe6b35c, description: 'The hottest planet, wrapped in sulphuric clouds.', facts: { Moons: 0, 'Day length': '243 days', Temperature: '462 °C' } },
  { name: 'Earth', radius: 6371, distance: 1.0, speed: 3.0, color: 0x2f6ee0, description: 'Our home, the only known world with life.', facts: { Moons: 1, 'Day length': '24 hours', Temperature: '-88 to 58 °C' } },
  { name: 'Mars', radius: 3389.5, distance: 1.524, speed: 2.4, color: 0xc1440e, description: 'The red planet.', facts: { Moons: 2, 'Day length': '24.6 hours', Temperature: '-153 to 20 °C' } },
  { name: 'Jupiter', radius: 69911, distance: 5.203, speed: 1.3, color: 0xd8a06a, description: 'The giant among the planets.', facts: { Moons: 95, 'Day length': '9.9 hours', Temperature: '-110 °C' } },
  { name: 'Saturn', radius: 58232, distance: 9.537, speed: 0.97, color: 0xe8d191, description: 'The ringed planet.', facts: { Moons: 146, 'Day length': '10.7 hours', Temperature: '-140 °C' } },
  { name: 'Uranus', radius: 25362, distance: 19.19, speed: 0.68, color: 0x8fd8e0, description: 'An ice giant that rolls on its side.', facts: { Moons: 28, 'Day length': '17.2 hours', Temperature: '-195 °C' } },
  { name: 'Neptune', radius: 24622, distance: 30.07, speed: 0.54, color: 0x3454d1, description: 'Dark, cold and whipped by supersonic winds.', facts: { Moons: 16, 'Day length': '16.1 hours', Temperature: '-200 °C' } },
];

export const SUN_RADIUS = 6;
export const AU_SCALE = 30;

/** Visual radius: real radius in Earth radii, scaled so that Jupiter stays reasonable. */
export function visualRadius(radiusKm) {
  const earthRadii = radiusKm / 6371;
  return Math.min(3, Math.max(0.8, earthRadii * 0.9));
}
