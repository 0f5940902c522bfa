import * as THREE from 'three';
import { axis, isHeld } from './input.js';
import { emit } from './events.js';

const ACCEL = 70, DRAG = 3.2, LIMIT_X = 16, LIMIT_Y = 9, COOLDOWN = 0.16;

export class Player {
  constructor(scene) {
    this.mesh = new THREE.Group();
    const hull = new THREE.Mesh(new THREE.ConeGeometry(0.7, 2.6, 6), new THREE.MeshStandardMaterial({ color: 0x66ccff, flatShading: true }));
    hull.rotation.x = -Math.PI / 2;
    const wings = new THREE.Mesh(new THREE.BoxGeometry(3, 0.12, 0.8), new THREE.MeshStandardMaterial({ color: 0x2255aa }));
    wings.position.z = 0.5;
    this.mesh.add(hull, wings);
    scene.add(this.mesh);
    this.velocity = new THREE.Vector3();
    this.reset();
  }

  reset() {
    this.mesh.position.set(0, 0, 0);
    this.velocity.set(0, 0, 0);
    this.hull = 100;
    this.cooldown = 0;
  }

  update(dt, shots) {
    this.velocity.x += axis('left', 'right') * ACCEL * dt;
    this.velocity.y += axis('down', 'up') * ACCEL * dt;
    this.velocity.multiplyScalar(Math.exp(-DRAG * dt));
    const p = this.mesh.position.addScaledVector(this.velocity, dt);
    p.x = THREE.MathUtils.clamp(p.x, -LIMIT_X, LIMIT_X);
    p.y = THREE.MathUtils.clamp(p.y, -LIMIT_Y, LIMIT_Y);
    this.mesh.rotation.z = -this.velocity.x * 0.04;

    this.cooldown -= dt;
    if (isHeld('fire') && this.cooldown <= 0) {
      this.cooldown = COOLDOWN;
      const s = shots.obtain();
      if (s) {
        s.owner = 'player';
        s.mesh.position.copy(p).setZ(-1.6);
        s.velocity.set(0, 0, -80);
        emit('player:fired');
      }
    }
  }

  damage(n) {
    this.hull = Math.max(0, this.hull - n);
    emit('player:hit', this.hull);
    if (this.hull === 0) emit('player:dead');
  }
}
