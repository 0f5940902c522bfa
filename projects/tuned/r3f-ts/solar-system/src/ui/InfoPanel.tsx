import { AU, PLANETS } from '../planets';
import { useSim } from '../store';

export function InfoPanel() {
  const selected = useSim((s) => s.selected);
  const planet = PLANETS.find((p) => p.name === selected);
  if (!planet) return null;

  return (
    <aside className="panel">
      <h2 style={{ color: planet.color }}>{planet.name}</h2>
      <p>{planet.note}</p>
      <dl>
        <dt>Radius</dt>
        <dd>{planet.radiusKm.toLocaleString()} km</dd>
        <dt>Distance from the sun</dt>
        <dd>{AU[planet.name]} AU</dd>
        <dt>Year</dt>
        <dd>{planet.periodDays.toLocaleString()} days</dd>
        <dt>Moons</dt>
        <dd>{planet.moons}</dd>
        <dt>Mean temperature</dt>
        <dd>{planet.meanTempC} °C</dd>
      </dl>
    </aside>
  );
}
