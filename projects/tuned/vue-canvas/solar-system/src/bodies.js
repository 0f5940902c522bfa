// au: semi-major axis in astronomical units, days: sidereal period,
// size: drawn radius, tuned so that every planet stays visible next to the giants.
export const SUN = { name: 'Sun', color: '#ffd36b', size: 16 };

export const PLANETS = [
  { name: 'Mercury', au: 0.387, days: 87.97, size: 3, color: '#b5aea4', temp: '167 °C', day: '59 days', moons: 0 },
  { name: 'Venus', au: 0.723, days: 224.7, size: 5, color: '#e7c78b', temp: '464 °C', day: '243 days', moons: 0 },
  { name: 'Earth', au: 1, days: 365.26, size: 5.2, color: '#5b9bf0', temp: '15 °C', day: '24 h', moons: 1 },
  { name: 'Mars', au: 1.524, days: 686.98, size: 4, color: '#d9684a', temp: '-65 °C', day: '24.6 h', moons: 2 },
  { name: 'Jupiter', au: 5.203, days: 4332.59, size: 11, color: '#d8b08a', temp: '-110 °C', day: '9.9 h', moons: 95 },
  { name: 'Saturn', au: 9.537, days: 10759.22, size: 10, color: '#e6d3a1', temp: '-140 °C', day: '10.7 h', moons: 146, ring: true },
  { name: 'Uranus', au: 19.19, days: 30688.5, size: 8, color: '#a5e2e4', temp: '-195 °C', day: '17.2 h', moons: 28 },
  { name: 'Neptune', au: 30.07, days: 60182, size: 7.8, color: '#4d6fe0', temp: '-200 °C', day: '16.1 h', moons: 16 },
];

// True radii in km, for the facts panel
export const RADII_KM = { Mercury: 2440, Venus: 6052, Earth: 6371, Mars: 3390, Jupiter: 69911, Saturn: 58232, Uranus: 25362, Neptune: 24622 };
