import * as THREE from 'three';
import { Pool } from './pool.js';
import { Player } from './player.js';
import { EnemyWing } from './enemies.js';
import { on, emit } from './events.js';
import { unlockAudio } from './audio.js';

const $ = (id) => document.getElementById(id);
const renderer = new THREE.WebGLRenderer({ canvas: $('view'), antialias: true });
renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
renderer.setSize(innerWidth, innerHeight);

const scene = new THREE.Scene();
scene.fog = new THREE.Fog(0x000008, 50, 140);
const camera = new THREE.PerspectiveCamera(70, innerWidth / innerHeight, 0.1, 300);
camera.position.set(0, 4, 14);
camera.lookAt(0, 0, -30);
scene.add(new THREE.HemisphereLight(0xaaccff, 0x221133, 1.4));
const sun = new THREE.DirectionalLight(0xffffff, 1.5);
sun.position.set(5, 10, 5);
scene.add(sun);

// starfield
const starPos = new Float32Array(900);
for (let i = 0; i < starPos.length; i += 3) {
  starPos[i] = (Math.random() - 0.5) * 160;
  starPos[i + 1] = (Math.random() - 0.5) * 90;
  starPos[i + 2] = -Math.random() * 140;
}
const starGeo = new THREE.BufferGeometry();
starGeo.setAttribute('position', new THREE.BufferAttribute(starPos, 3));
scene.add(new THREE.Points(starGeo, new THREE.PointsMaterial({ color: 0xffffff, size: 0.25 })));

const player = new Player(scene);
const enemies = new EnemyWing(scene);
const shotGeo = new THREE.SphereGeometry(0.22, 6, 6);
const shots = new Pool(120, () => {
  const mesh = new THREE.Mesh(shotGeo, new THREE.MeshBasicMaterial({ color: 0xffee88 }));
  scene.add(mesh);
  return { mesh, owner: 'player', velocity: new THREE.Vector3() };
});
const debrisGeo = new THREE.TetrahedronGeometry(0.25);
const debris = new Pool(200, () => {
  const mesh = new THREE.Mesh(debrisGeo, new THREE.MeshBasicMaterial({ color: 0xff8844 }));
  scene.add(mesh);
  return { mesh, velocity: new THREE.Vector3(), life: 0 };
});

const game = { running: false, paused: false, score: 0, wave: 1, kills: 0 };

function burst(at, n) {
  for (let i = 0; i < n; i++) {
    const d = debris.obtain();
    if (!d) return;
    d.life = 0.4 + Math.random() * 0.5;
    d.mesh.position.copy(at);
    d.velocity.randomDirection().multiplyScalar(6 + Math.random() * 12);
  }
}

on('enemy:killed', (e) => {
  burst(e.mesh.position, 14);
  game.score += 100;
  game.kills++;
  if (game.kills % 10 === 0) {
    game.wave++; // each wave is harder than the one before
    $('wave').textContent = game.wave;
  }
  $('score').textContent = game.score;
});
on('player:hit', (hull) => { $('hull').style.width = hull + '%'; });
on('player:dead', () => {
  game.running = false;
  $('title').textContent = 'SHIP LOST';
  $('hint').textContent = `Final score ${game.score}`;
  $('go').textContent = 'FLY AGAIN';
  $('overlay').classList.add('show');
});

function start() {
  unlockAudio();
  Object.assign(game, { running: true, paused: false, score: 0, wave: 1, kills: 0 });
  player.reset();
  enemies.reset();
  shots.clear();
  debris.clear();
  $('score').textContent = '0';
  $('wave').textContent = '1';
  $('hull').style.width = '100%';
  $('overlay').classList.remove('show');
}
$('go').addEventListener('click', start);

addEventListener('keydown', (e) => {
  if (e.code !== 'KeyP' || !game.running) return;
  game.paused = !game.paused;
  $('paused').hidden = !game.paused;
});

addEventListener('resize', () => {
  camera.aspect = innerWidth / innerHeight;
  camera.updateProjectionMatrix();
  renderer.setSize(innerWidth, innerHeight);
});

function updateShots(dt) {
  shots.each((s) => {
    s.mesh.position.addScaledVector(s.velocity, dt);
    const z = s.mesh.position.z;
    if (z < -130 || z > 15) { shots.release(s); return; }

    if (s.owner === 'player') {
      enemies.pool.each((e) => {
        if (!s.active || e.mesh.position.distanceToSquared(s.mesh.position) > 2.6) return;
        shots.release(s);
        if (--e.hp <= 0) {
          enemies.pool.release(e);
          emit('enemy:killed', e);
        } else {
          burst(s.mesh.position, 4);
        }
      });
    } else if (s.owner === 'enemy') {
      // enemy fire against the player's hull
      if (player.mesh.position.distanceToSquared(s.mesh.position) < 2) {
        shots.release(s);
        player.damage(10);
      }
    }
  });
}

function updateRamming() {
  enemies.pool.each((e) => {
    if (e.mesh.position.distanceToSquared(player.mesh.position) < 4) {
      enemies.pool.release(e);
      burst(e.mesh.position, 10);
      player.damage(25);
    }
  });
}

function updateDebris(dt) {
  debris.each((d) => {
    d.life -= dt;
    if (d.life <= 0) { debris.release(d); return; }
    d.mesh.position.addScaledVector(d.velocity, dt);
    d.mesh.rotation.x += dt * 8;
  });
}

const clock = new THREE.Clock();
function frame() {
  requestAnimationFrame(frame);
  const dt = Math.min(clock.getDelta(), 0.05);
  if (game.running) {
    player.update(dt, shots);
    enemies.update(dt, player.mesh.position, shots);
    updateShots(dt);
    updateRamming();
  }
  updateDebris(dt);
  renderer.render(scene, camera);
}
frame();
