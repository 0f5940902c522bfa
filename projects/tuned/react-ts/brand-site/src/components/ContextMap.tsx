import { contextGraph } from '../lib/content';

const COLOURS = { skill: '#2f6f8f', project: '#c2693d', person: '#5b7f3a' };

/** Radial diagram of the skills, projects and people around one role. */
export function ContextMap({ roleId }: { roleId: string }) {
  const nodes = contextGraph[roleId];
  if (!nodes) return null;

  const step = (2 * Math.PI) / nodes.length;
  return (
    <svg className="map" viewBox="-160 -110 320 220" role="img" aria-label="Context map of this role">
      <circle r={14} fill="#12303f" />
      {nodes.map((n, i) => {
        const x = Math.cos(i * step) * 95;
        const y = Math.sin(i * step) * 75;
        return (
          <g key={n.label}>
            <line x2={x} y2={y} stroke="#9db7c2" />
            <circle cx={x} cy={y} r={8} fill={COLOURS[n.kind]} />
            <text x={x} y={y + 22} textAnchor="middle" fontSize={11}>{n.label}</text>
          </g>
        );
      })}
    </svg>
  );
}
