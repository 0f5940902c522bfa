import { Canvas } from '@react-three/fiber';
import { SolarSystem } from './scene/SolarSystem';
import { useSim } from './store';
import { Controls } from './ui/Controls';
import { InfoPanel } from './ui/InfoPanel';

export function App() {
  const select = useSim((s) => s.select);
  return (
    <>
      <Canvas camera={{ position: [0, 45, 70], fov: 50 }} onPointerMissed={() => select(null)}>
        <SolarSystem />
      </Canvas>
      <InfoPanel />
      <Controls />
    </>
  );
}
