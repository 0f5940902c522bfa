import { useRef, useState } from 'react';
import { useFrame, type ThreeEvent } from '@react-three/fiber';
import { Html, Trail } from '@react-three/drei';
import { MathUtils, type Group, type Mesh } from 'three';
import { sceneRadius, type PlanetSpec } from '../planets';
import { useSim } from '../store';

const YEAR = 365.256;

export function Planet({ spec, phase }: { spec: PlanetSpec; phase: number }) {
  const group = useRef<Group>(null!);
  const ball = useRef<Mesh>(null!);
  const angle = useRef(phase);
  const [hovered, setHovered] = useState(false);
  const selected = useSim((s) => s.selected === spec.name);
  const select = useSim((s) => s.select);
  const radius = sceneRadius(spec.radiusKm);

  // Angular speed relative to Earth, from the real orbital period.
  const speed = spec.periodDays / YEAR;

  useFrame((_, delta) => {
    const { rate, paused } = useSim.getState();
    if (paused) return;
    angle.current += speed * rate * delta * 0.2;
    group.current.position.set(Math.cos(angle.current) * spec.orbit, 0, -Math.sin(angle.current) * spec.orbit);
    ball.current.rotation.y += delta * 0.6;
  });

  const onClick = (e: ThreeEvent<MouseEvent>) => {
    e.stopPropagation();
    select(spec.name);
  };

  return (
    <Trail width={0.6} length={4} color={spec.color} attenuation={(t) => t * t}>
      <group ref={group} position={[Math.cos(phase) * spec.orbit, 0, -Math.sin(phase) * spec.orbit]}>
        <mesh
          ref={ball}
          rotation-z={MathUtils.degToRad(spec.tiltDeg)}
          onClick={onClick}
          onPointerOver={() => setHovered(true)}
          onPointerOut={() => setHovered(false)}
        >
          <sphereGeometry args={[radius, 48, 48]} />
          <meshStandardMaterial color={spec.color} emissive={selected ? spec.color : '#000'} emissiveIntensity={0.35} roughness={0.8} />
        </mesh>
        {spec.name === 'Saturn' && (
          <mesh rotation-x={1.2}>
            <ringGeometry args={[radius * 1.3, radius * 2.1, 64]} />
            <meshBasicMaterial color="#cdbb8c" side={2} transparent opacity={0.7} />
          </mesh>
        )}
        {hovered && (
          <Html center position={[0, radius + 0.8, 0]} className="label">
            {spec.name}
          </Html>
        )}
      </group>
    </Trail>
  );
}
