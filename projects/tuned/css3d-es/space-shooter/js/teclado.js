const TECLAS = {
  ArrowLeft: 'izquierda', KeyA: 'izquierda', ArrowRight: 'derecha', KeyD: 'derecha',
  ArrowUp: 'arriba', KeyW: 'arriba', ArrowDown: 'abajo', KeyS: 'abajo', Space: 'fuego',
};
const pulsadas = {};

window.addEventListener('keydown', (e) => {
  const accion = TECLAS[e.code];
  if (!accion) return;
  pulsadas[accion] = true;
  e.preventDefault();
});
window.addEventListener('keyup', (e) => {
  const accion = TECLAS[e.code];
  if (accion) pulsadas[accion] = false;
});

export const pulsada = (accion) => Boolean(pulsadas[accion]);
