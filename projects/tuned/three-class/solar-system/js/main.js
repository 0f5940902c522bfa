import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { CSS2DRenderer } from 'three/addons/renderers/CSS2DRenderer.js';
import { PLANETS, SUN_RADIUS } from './data.js';
import { Planet } from './Planet.js';
import { InfoPanel } from './InfoPanel.js';

class SolarSystem {
  constructor(container) {
    this.container = container;
    this.timeScale = 1;
    this.paused = false;
    this.clock = new THREE.Clock();
    this.raycaster = new THREE.Raycaster();
    this.pointer = new THREE.Vector2();

    this.initRenderer();
    this.initScene();
    this.initControls();
    this.initEvents();
    this.panel = new InfoPanel();
    this.animate = this.animate.bind(this);
    this.animate();
  }

  initRenderer() {
    this.renderer = new THREE.WebGLRenderer({ antialias: true });
    this.renderer.setPixelRatio(window.devicePixelRatio);
    this.renderer.setSize(window.innerWidth, window.innerHeight);
    this.container.appendChild(this.renderer.domElement);

    // Renders the HTML name labels on top of the canvas
    this.labelRenderer = new CSS2DRenderer();
    this.labelRenderer.setSize(window.innerWidth, window.innerHeight);
    this.labelRenderer.domElement.style.position = 'absolute';
    this.labelRenderer.domElement.style.top = '0';
    this.labelRenderer.domElement.style.pointerEvents = 'none';
    this.container.appendChild(this.labelRenderer.domElement);
  }

  initScene() {
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(55, window.innerWidth / window.innerHeight, 0.1, 5000);
    this.camera.position.set(0, 90, 160);

    this.scene.add(new THREE.AmbientLight(0xffffff, 0.3));
    this.scene.add(new THREE.PointLight(0xffffff, 3, 0, 0));

    const sun = new THREE.Mesh(new THREE.SphereGeometry(SUN_RADIUS, 48, 48), new THREE.MeshBasicMaterial({ color: 0xffcc33 }));
    this.scene.add(sun);

    this.planets = PLANETS.map((data) => new Planet(data, this.scene));

    const stars = new Float32Array(6000).map(() => (Math.random() - 0.5) * 4000);
    const starGeometry = new THREE.BufferGeometry();
    starGeometry.setAttribute('position', new THREE.BufferAttribute(stars, 3));
    this.scene.add(new THREE.Points(starGeometry, new THREE.PointsMaterial({ color: 0xffffff, size: 1.5 })));
  }

  initControls() {
    this.controls = new OrbitControls(this.camera, this.renderer.domElement);
    this.controls.enableDamping = true;
    this.controls.maxDistance = 2500;
  }

  initEvents() {
    window.addEventListener('resize', () => this.onResize());
    this.renderer.domElement.addEventListener('click', (e) => this.onClick(e));

    const label = document.getElementById('speedLabel');
    document.getElementById('speed').addEventListener('input', (e) => {
      this.timeScale = parseFloat(e.target.value);
      label.textContent = `${this.timeScale.toFixed(1)}x`;
    });

    const pauseBtn = document.getElementById('pauseBtn');
    pauseBtn.addEventListener('click', () => {
      this.paused = !this.paused;
      pauseBtn.textContent = this.paused ? '▶ Play' : '⏸ Pause';
    });

    document.getElementById('resetBtn').addEventListener('click', () => {
      this.camera.position.set(0, 90, 160);
      this.controls.target.set(0, 0, 0);
    });
  }

  // Keep the view in step with the window
  onResize() {
    this.renderer.setSize(window.innerWidth, window.innerHeight);
    this.camera.aspect = window.innerWidth / window.innerHeight;
    this.camera.updateProjectionMatrix();
    this.labelRenderer.setSize(window.innerWidth, window.innerHeight);
  }

  onClick(event) {
    this.pointer.x = (event.clientX / window.innerWidth) * 2 - 1;
    this.pointer.y = -(event.clientY / window.innerHeight) * 2 + 1;
    this.raycaster.setFromCamera(this.pointer, this.camera);
    const hits = this.raycaster.intersectObjects(this.planets.map((p) => p.mesh), false);
    if (hits.length > 0) {
      this.panel.show(hits[0].object.userData.planet);
    } else {
      this.panel.hide();
    }
  }

  animate() {
    requestAnimationFrame(this.animate);
    const delta = this.clock.getDelta();
    if (!this.paused) {
      this.planets.forEach((planet) => planet.update(delta, this.timeScale));
    }
    this.controls.update();
    this.renderer.render(this.scene, this.camera);
  }
}

new SolarSystem(document.getElementById('container'));
