import { useEffect, useRef } from 'preact/hooks';
import { html } from 'htm/preact';

/** Courbes de niveau qui ondulent lentement derrière le titre. */
export function Vagues() {
  const toile = useRef(null);

  useEffect(() => {
    const c = toile.current;
    const ctx = c.getContext('2d');
    const calme = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    let image = 0;

    function ajuster() {
      c.width = c.clientWidth;
      c.height = c.clientHeight;
    }

    function dessiner(t) {
      ctx.clearRect(0, 0, c.width, c.height);
      ctx.strokeStyle = 'rgba(43, 122, 140, .35)';
      for (let k = 0; k < 14; k++) {
        ctx.beginPath();
        for (let x = 0; x <= c.width; x += 12) {
          const y = c.height * (0.25 + k * 0.055) + Math.sin(x / 140 + k * 0.6 + t / 2600) * 26;
          ctx.lineTo(x, y);
        }
        ctx.stroke();
      }
      if (!calme) image = requestAnimationFrame(dessiner);
    }

    ajuster();
    window.addEventListener('resize', ajuster);
    dessiner(0);
    return () => {
      cancelAnimationFrame(image);
      window.removeEventListener('resize', ajuster);
    };
  }, []);

  return html`<canvas ref=${toile} aria-hidden="true"></canvas>`;
}
