import { OrbitControls, Stars } from '@react-three/drei';
import { PLANETS } from '../planets';
import { Planet } from './Planet';

function Sun() {
  return (
    <mesh>
      <sphereGeometry args={[4, 64, 64]} />
      <meshBasicMaterial color="#ffd27a" />
      <pointLight intensity={900} decay={1.6} />
    </mesh>
  );
}

export function SolarSystem() {
  return (
    <>
      <color attach="background" args={['#04050d']} />
      <ambientLight intensity={0.25} />
      <Stars radius={200} depth={60} count={4000} factor={4} fade />
      <Sun />
      {/* planets with their orbits */}
      {PLANETS.map((p, i) => (
        <Planet key={p.name} spec={p} phase={i * 2.4} />
      ))}
      <OrbitControls enableDamping minDistance={10} maxDistance={160} />
    </>
  );
}
