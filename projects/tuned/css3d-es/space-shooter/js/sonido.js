// Efectos de sonido: disparo y explosión
const disparo = document.getElementById('snd-disparo');
const explosion = document.getElementById('snd-explosion');

function reproducir(audio) {
  audio.currentTime = 0;
  audio.play().catch(() => {});
}

export const sonarDisparo = () => reproducir(disparo);
export const sonarExplosion = () => reproducir(explosion);
