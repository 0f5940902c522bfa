import { Chispa, Disparo, Enemigo } from './entidad.js';
import { pulsada } from './teclado.js';
import { sonarDisparo, sonarExplosion } from './sonido.js';

const $ = (id) => document.getElementById(id);

const LIMITE_X = 420;
const LIMITE_Y = 240;
const CADENCIA = 0.18;      // segundos entre disparos
const ENEMIGOS_POR_OLEADA = 8;

const nave = { el: $('nave'), x: 0, y: 120, z: 0, vx: 0, vy: 0 };

const juego = {
  estado: 'portada',        // portada | vuelo | pausa | fin
  puntos: 0,
  vidas: 3,
  oleada: 1,
  derribados: 0,
  espera: 0,
  hastaEnemigo: 0,
  invulnerable: 0,
};

let enemigos = [];
let disparos = [];
let misiles = [];
let chispas = [];

// ---------------------------------------------------------------------------
// Estados
// ---------------------------------------------------------------------------
function mostrarCartel(titulo, texto, boton) {
  $('cartel-titulo').textContent = titulo;
  $('cartel-texto').textContent = texto;
  $('jugar').textContent = boton;
  $('cartel').classList.remove('oculto');
}

function empezar() {
  for (const e of [...enemigos, ...disparos, ...misiles, ...chispas]) e.quitar();
  enemigos = []; disparos = []; misiles = []; chispas = [];
  Object.assign(juego, { estado: 'vuelo', puntos: 0, vidas: 3, oleada: 1, derribados: 0, espera: 0, hastaEnemigo: 1, invulnerable: 0 });
  Object.assign(nave, { x: 0, y: 120, vx: 0, vy: 0 });
  $('cartel').classList.add('oculto');
  actualizarMarcador();
}

function terminar() {
  juego.estado = 'fin';
  mostrarCartel('Nave perdida', `Has conseguido ${juego.puntos} puntos.`, 'Otra vez');
}

function alternarPausa() {
  if (juego.estado === 'vuelo') {
    juego.estado = 'pausa';
    document.body.classList.add('pausado');
  } else if (juego.estado === 'pausa') {
    juego.estado = 'vuelo';
    document.body.classList.remove('pausado');
  }
}

$('jugar').addEventListener('click', empezar);
window.addEventListener('keydown', (e) => { if (e.key === 'Escape') alternarPausa(); });
window.addEventListener('blur', () => { if (juego.estado === 'vuelo') alternarPausa(); });

function actualizarMarcador() {
  $('puntos').textContent = juego.puntos;
  $('oleada').textContent = juego.oleada;
  $('vidas').textContent = juego.vidas;
}

// ---------------------------------------------------------------------------
// Nave
// ---------------------------------------------------------------------------
function moverNave(dt) {
  const ax = (pulsada('derecha') ? 1 : 0) - (pulsada('izquierda') ? 1 : 0);
  const ay = (pulsada('abajo') ? 1 : 0) - (pulsada('arriba') ? 1 : 0);
  const freno = Math.pow(0.02, dt);
  nave.vx = (nave.vx + ax * 2600 * dt) * freno;
  nave.vy = (nave.vy + ay * 2600 * dt) * freno;
  nave.x = Math.max(-LIMITE_X, Math.min(LIMITE_X, nave.x + nave.vx * dt));
  nave.y = Math.max(-LIMITE_Y, Math.min(LIMITE_Y, nave.y + nave.vy * dt));
  nave.el.style.transform = `translate3d(${nave.x}px, ${nave.y}px, 0) rotateZ(${nave.vx * 0.0006}rad)`;
  nave.el.style.opacity = juego.invulnerable > 0 ? 0.5 : 1;
}

function dispararNave(dt) {
  juego.espera -= dt;
  if (!pulsada('fuego') || juego.espera > 0) return;
  juego.espera = CADENCIA;
  disparos.push(new Disparo(nave.x, nave.y, -40));
  sonarDisparo();
}

// ---------------------------------------------------------------------------
// Enemigos y choques
// ---------------------------------------------------------------------------
function generarEnemigos(dt) {
  juego.hastaEnemigo -= dt;
  if (juego.hastaEnemigo > 0) return;
  juego.hastaEnemigo = Math.max(0.4, 1.6 - juego.oleada * 0.15);
  const e = new Enemigo((Math.random() - 0.5) * 2 * LIMITE_X, (Math.random() - 0.5) * 2 * LIMITE_Y, Math.random() * 6);
  e.vz += juego.oleada * 45;
  enemigos.push(e);
}

function explotar(donde, cuantas) {
  for (let i = 0; i < cuantas; i++) chispas.push(new Chispa(donde.x, donde.y, donde.z));
}

function derribar(e) {
  e.quitar();
  explotar(e, 16);
  sonarExplosion();
  juego.puntos += 100;
  juego.derribados++;
  if (juego.derribados % ENEMIGOS_POR_OLEADA === 0) juego.oleada++;
  actualizarMarcador();
}

function perderVida() {
  if (juego.invulnerable > 0) return;
  juego.invulnerable = 1.5;
  juego.vidas--;
  explotar(nave, 20);
  actualizarMarcador();
  if (juego.vidas <= 0) terminar();
}

function comprobarChoques() {
  for (const d of disparos) {
    for (const e of enemigos) {
      if (!d.viva || !e.viva || d.distancia(e) > 75) continue;
      d.quitar();
      e.energia--;
      if (e.energia <= 0) derribar(e);
    }
  }
  for (const m of misiles) {
    if (m.viva && m.distancia(nave) < 45) {
      m.quitar();
      perderVida();
    }
  }
  for (const e of enemigos) {
    if (e.viva && e.distancia(nave) < 80) {
      derribar(e);
      perderVida();
    }
  }
}

// ---------------------------------------------------------------------------
// Bucle
// ---------------------------------------------------------------------------
function paso(dt) {
  juego.invulnerable -= dt;
  moverNave(dt);
  dispararNave(dt);
  generarEnemigos(dt);
  for (const e of enemigos) {
    const m = e.actuar(dt, nave);
    if (m) misiles.push(m);
  }
  for (const o of [...disparos, ...misiles, ...chispas]) o.avanzar(dt);
  comprobarChoques();
  for (const o of [...enemigos, ...disparos, ...misiles, ...chispas]) if (o.viva) o.pintar();
  enemigos = enemigos.filter((o) => o.viva);
  disparos = disparos.filter((o) => o.viva);
  misiles = misiles.filter((o) => o.viva);
  chispas = chispas.filter((o) => o.viva);
}

let anterior = performance.now();
function bucle(ahora) {
  const dt = Math.min(0.05, (ahora - anterior) / 1000);
  anterior = ahora;
  if (juego.estado === 'vuelo') paso(dt);
  requestAnimationFrame(bucle);
}
requestAnimationFrame(bucle);
