import * as THREE from 'three';
import { CSS2DObject } from 'three/addons/renderers/CSS2DRenderer.js';
import { AU_SCALE, visualRadius } from './data.js';

export class Planet {
  constructor(data, scene) {
    this.data = data;
    this.angle = Math.random() * Math.PI * 2;
    this.distance = data.distance * AU_SCALE;

    this.mesh = new THREE.Mesh(
      new THREE.SphereGeometry(visualRadius(data.radius), 32, 32),
      new THREE.MeshStandardMaterial({ color: data.color, roughness: 0.9 }),
    );
    this.mesh.userData.planet = this;
    scene.add(this.mesh);

    if (data.name === 'Saturn') this.addRing();
    this.addLabel();
    this.addOrbit(scene);
    this.place();
  }

  addRing() {
    const r = visualRadius(this.data.radius);
    const ring = new THREE.Mesh(
      new THREE.RingGeometry(r * 1.3, r * 2.1, 64),
      new THREE.MeshBasicMaterial({ color: 0xcbb98a, side: THREE.DoubleSide, transparent: true, opacity: 0.7 }),
    );
    ring.rotation.x = Math.PI / 2.3;
    this.mesh.add(ring);
  }

  addLabel() {
    const div = document.createElement('div');
    div.className = 'planet-label';
    div.textContent = this.data.name;
    this.label = new CSS2DObject(div);
    this.label.position.set(0, visualRadius(this.data.radius) + 1, 0);
    this.mesh.add(this.label);
  }

  addOrbit(scene) {
    const curve = new THREE.EllipseCurve(0, 0, this.distance, this.distance);
    const geometry = new THREE.BufferGeometry().setFromPoints(curve.getPoints(256));
    const line = new THREE.LineLoop(geometry, new THREE.LineBasicMaterial({ color: 0x2b3a66 }));
    line.rotation.x = Math.PI / 2;
    scene.add(line);
  }

  place() {
    this.mesh.position.set(Math.cos(this.angle) * this.distance, 0, -Math.sin(this.angle) * this.distance);
  }

  update(delta, timeScale) {
    this.angle += this.data.speed * timeScale * delta * 0.1;
    this.mesh.rotation.y += delta * 0.5;
    this.place();
  }
}
