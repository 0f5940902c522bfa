import { CELL, type Counts, type World } from './model';

export function paint(ctx: CanvasRenderingContext2D, w: World): void {
  ctx.fillStyle = '#162018';
  ctx.fillRect(0, 0, w.width, w.height);
  w.grass.forEach((g, i) => {
    if (g < 0.05) return;
    ctx.fillStyle = `rgba(111, 191, 95, ${(g * 0.7).toFixed(2)})`;
    ctx.fillRect((i % w.cols) * CELL, Math.floor(i / w.cols) * CELL, CELL - 1, CELL - 1);
  });
  for (const a of w.animals) {
    ctx.fillStyle = a.kind === 'grazer' ? '#ecd27a' : '#e0604f';
    ctx.beginPath();
    ctx.arc(a.x, a.y, a.kind === 'grazer' ? 3.2 : 4.8, 0, Math.PI * 2);
    ctx.fill();
  }
}

const SERIES: [keyof Counts, string][] = [
  ['grass', 'var(--grass)'],
  ['grazers', 'var(--grazer)'],
  ['hunters', 'var(--hunter)'],
];

export function chart(svg: SVGSVGElement, history: readonly Counts[]): void {
  svg.innerHTML = SERIES.map(([key, colour]) => {
    const top = Math.max(10, ...history.map((h) => h[key]));
    const points = history.map((h, i) => `${i},${(136 - (h[key] / top) * 130).toFixed(1)}`).join(' ');
    return `<polyline points="${points}" stroke="${colour}" />`;
  }).join('');
}

/** One line such as "grass 812 · grazers 190 · hunters 21". */
export const describe = (c: Counts): string => `grass ${Math.round(c.grass)} · grazers ${c.grazers} · hunters ${c.hunters}`;
