import * as THREE from 'three';
import { Pool } from './pool.js';

const geo = new THREE.OctahedronGeometry(1.2);
const SPAWN_EVERY = 1.4;

export class EnemyWing {
  constructor(scene) {
    this.pool = new Pool(30, () => {
      const mesh = new THREE.Mesh(geo, new THREE.MeshStandardMaterial({ color: 0xff4466, flatShading: true, emissive: 0x330011 }));
      scene.add(mesh);
      return { mesh, hp: 1, t: 0, gun: 1, sway: 0 };
    });
    this.timer = 0;
  }

  reset() {
    this.pool.clear();
    this.timer = 0;
  }

  /** Later waves spawn faster: 1.4 s at wave 1 down to 0.4 s. */
  spawnIntervalFor(wave) {
    return Math.max(0.4, SPAWN_EVERY - wave * 0.1);
  }

  spawn() {
    const e = this.pool.obtain();
    if (!e) return;
    e.hp = 2;
    e.t = 0;
    e.gun = 1 + Math.random();
    e.sway = (Math.random() - 0.5) * 10;
    e.mesh.position.set((Math.random() - 0.5) * 28, (Math.random() - 0.5) * 14, -110);
  }

  update(dt, playerPos, shots) {
    this.timer += dt;
    if (this.timer >= SPAWN_EVERY) {
      this.timer = 0;
      this.spawn();
    }
    this.pool.each((e) => {
      e.t += dt;
      const p = e.mesh.position;
      p.z += 22 * dt;
      p.x += Math.sin(e.t * 2) * e.sway * dt;
      e.mesh.rotation.y += dt * 2;
      e.gun -= dt;
      if (e.gun <= 0 && p.z < -15) {
        e.gun = 1.6;
        const s = shots.obtain();
        if (s) {
          s.owner = 'foe';
          s.mesh.position.copy(p);
          s.velocity.copy(playerPos).sub(p).setLength(38);
        }
      }
      if (p.z > 12) this.pool.release(e);
    });
  }
}
