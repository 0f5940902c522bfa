import { useEffect } from 'react';
import { useSim } from '../store';

export function Controls() {
  const { rate, paused, setRate, togglePause } = useSim();

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.code === 'Space') {
        e.preventDefault();
        togglePause();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [togglePause]);

  return (
    <div className="controls">
      <label>
        Orbital speed <b>{rate.toFixed(1)}×</b>
        <input type="range" min={0.1} max={10} step={0.1} value={rate} onChange={(e) => setRate(Number(e.target.value))} />
      </label>
      <button onClick={togglePause}>{paused ? 'Resume' : 'Pause'}</button>
      <p>Drag to orbit, scroll to zoom, hover for a name, click a planet for its facts.</p>
    </div>
  );
}
