const held = new Set();
const MAP = { ArrowUp: 'up', KeyW: 'up', ArrowDown: 'down', KeyS: 'down', ArrowLeft: 'left', KeyA: 'left', ArrowRight: 'right', KeyD: 'right', Space: 'fire' };

addEventListener('keydown', (e) => {
  const a = MAP[e.code];
  if (!a) return;
  e.preventDefault();
  held.add(a);
});
addEventListener('keyup', (e) => held.delete(MAP[e.code]));
addEventListener('blur', () => held.clear());

export const isHeld = (a) => held.has(a);
export const axis = (neg, pos) => (isHeld(pos) ? 1 : 0) - (isHeld(neg) ? 1 : 0);
