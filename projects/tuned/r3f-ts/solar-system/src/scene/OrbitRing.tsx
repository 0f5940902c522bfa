import { Line } from '@react-three/drei';

/** A full circle on the ecliptic for one planet. */
export function OrbitRing({ radius }: { radius: number }) {
  const points = Array.from({ length: 129 }, (_, i) => {
    const a = (i / 128) * Math.PI * 2;
    return [Math.cos(a) * radius, 0, Math.sin(a) * radius] as [number, number, number];
  });
  return <Line points={points} color="#33406e" lineWidth={1} />;
}
