// Comet Chaser - a 3D space shooter in p5.js (WEBGL mode)
// Controls: arrow keys to move, space to shoot, M to toggle the music

let player;
let enemies = [];
let bullets = [];
let enemyBullets = [];
let particles = [];
let stars = [];
let score = 0;
let gameState = 'start'; // start | playing | gameover
let level = 1;
let lastShot = 0;
let spawnTimer = 0;
let shootOsc, boomNoise, shootEnv, boomEnv;

const SHOT_DELAY = 180;
const DEPTH = -2000;
const MOVE = 22;

function setup() {
  createCanvas(windowWidth, windowHeight, WEBGL);
  noStroke();
  shootOsc = new p5.Oscillator('square');
  shootEnv = new p5.Envelope(0.001, 0.15, 0.1, 0);
  boomNoise = new p5.Noise('brown');
  boomEnv = new p5.Envelope(0.001, 0.6, 0.4, 0);
  for (let i = 0; i < 200; i++) {
    stars.push({ x: random(-1500, 1500), y: random(-900, 900), z: random(DEPTH, 300) });
  }
  resetGame();
}

function resetGame() {
  player = { x: 0, y: 100, z: 0, health: 100, tilt: 0 };
  enemies = [];
  bullets = [];
  enemyBullets = [];
  particles = [];
  score = 0;
  level = 1;
}

function windowResized() {
  resizeCanvas(windowWidth, windowHeight);
}

// ---------------------------------------------------------------
// Input
// ---------------------------------------------------------------
function keyPressed() {
  if (gameState !== 'playing') return;
  // smooth movement of the ship
  if (keyCode === LEFT_ARROW) { player.x -= MOVE; player.tilt = -0.4; }
  if (keyCode === RIGHT_ARROW) { player.x += MOVE; player.tilt = 0.4; }
  if (keyCode === UP_ARROW) player.y -= MOVE;
  if (keyCode === DOWN_ARROW) player.y += MOVE;
  player.x = constrain(player.x, -420, 420);
  player.y = constrain(player.y, -240, 240);
}

function mousePressed() {
  if (gameState === 'playing') return;
  userStartAudio();
  shootOsc.start();
  shootOsc.amp(0);
  boomNoise.start();
  boomNoise.amp(0);
  resetGame();
  gameState = 'playing';
  select('#msg').html('');
}

function handleShooting() {
  if (keyIsDown(32) && millis() - lastShot > SHOT_DELAY) {
    lastShot = millis();
    bullets.push({ x: player.x, y: player.y, z: player.z - 40, dead: false });
    shootOsc.freq(700);
    shootEnv.play(shootOsc);
  }
}

// ---------------------------------------------------------------
// Enemies
// ---------------------------------------------------------------
function spawnEnemies() {
  spawnTimer -= deltaTime;
  if (spawnTimer > 0) return;
  spawnTimer = max(350, 1500 - level * 120);
  enemies.push({
    x: random(-400, 400), y: random(-220, 220), z: DEPTH,
    speed: 0.35 + level * 0.04, health: 2, fireIn: random(600, 1800), spin: random(TWO_PI), dead: false,
  });
}

function updateEnemies() {
  for (const e of enemies) {
    e.z += e.speed * deltaTime;
    e.x += sin(frameCount * 0.03 + e.spin) * 2;
    e.fireIn -= deltaTime;
    if (e.fireIn <= 0 && e.z < -400) {
      e.fireIn = 1800;
      const d = createVector(player.x - e.x, player.y - e.y, player.z - e.z).setMag(0.8);
      enemyBullets.push({ x: e.x, y: e.y, z: e.z, vx: d.x, vy: d.y, vz: d.z, dead: false });
    }
    if (dist(e.x, e.y, e.z, player.x, player.y, player.z) < 60) {
      e.dead = true;
      explode(e.x, e.y, e.z, 25);
      damagePlayer(25);
    }
    if (e.z > 400) e.dead = true;
  }
}

// ---------------------------------------------------------------
// Bullets and hits
// ---------------------------------------------------------------
function updateBullets() {
  for (const b of bullets) {
    b.z -= 1.6 * deltaTime;
    if (b.z < DEPTH) b.dead = true;
  }
  for (const b of enemyBullets) {
    b.x += b.vx * deltaTime;
    b.y += b.vy * deltaTime;
    b.z += b.vz * deltaTime;
    if (b.z > 400) b.dead = true;
    if (dist(b.x, b.y, b.z, player.x, player.y, player.z) < 35) {
      b.dead = true;
      damagePlayer(10);
    }
  }
}

// Checks every bullet against every enemy
function checkCollisions() {
  for (const b of bullets) {
    for (const e of enemies) {
      const d = dist(b.x, b.y, b.z, e.x, e.y, e.depth);
      if (d < 55) {
        b.dead = true;
        e.health--;
        explode(b.x, b.y, b.z, 6);
        if (e.health <= 0) {
          e.dead = true;
          addScore(100);
          explode(e.x, e.y, e.z, 30);
          boomEnv.play(boomNoise);
        }
      }
    }
  }
}

function addScore(points) {
  score += points;
  level = 1 + floor(score / 1000);
}

function damagePlayer(amount) {
  player.health -= amount;
  boomEnv.play(boomNoise);
  if (player.health <= 0) {
    gameState = 'gameover';
    select('#msg').html('Game over - click to play again');
  }
}

function explode(x, y, z, n) {
  for (let i = 0; i < n; i++) {
    const v = p5.Vector.random3D().mult(random(0.05, 0.3));
    particles.push({ x, y, z, vx: v.x, vy: v.y, vz: v.z, life: random(300, 800) });
  }
}

function updateParticles() {
  for (const p of particles) {
    p.x += p.vx * deltaTime;
    p.y += p.vy * deltaTime;
    p.z += p.vz * deltaTime;
    p.life -= deltaTime;
  }
  particles = particles.filter((p) => p.life > 0);
}

// ---------------------------------------------------------------
// Drawing
// ---------------------------------------------------------------
function drawAt(o, fn) {
  push();
  translate(o.x, o.y, o.z);
  fn();
  pop();
}

function drawScene() {
  for (const s of stars) {
    s.z += 0.3 * deltaTime;
    if (s.z > 300) s.z = DEPTH;
    drawAt(s, () => { fill(200); sphere(2, 4, 4); });
  }
  player.tilt *= 0.9;
  drawAt(player, () => {
    fill(80, 180, 255);
    rotateZ(player.tilt);
    rotateX(HALF_PI);
    cone(22, -70, 5);
  });
  for (const e of enemies) drawAt(e, () => { rotateY(e.spin + frameCount * 0.02); fill(255, 70, 90); box(60, 30, 60); });
  for (const b of bullets) drawAt(b, () => { fill(120, 255, 150); box(5, 5, 40); });
  for (const b of enemyBullets) drawAt(b, () => { fill(255, 180, 60); sphere(10, 6, 6); });
  for (const p of particles) drawAt(p, () => { fill(255, 150, 60); box(6); });
}

function draw() {
  background(3, 4, 14);
  ambientLight(120);
  directionalLight(255, 255, 255, 0.3, 0.6, -1);
  if (gameState === 'playing') {
    handleShooting();
    spawnEnemies();
    updateEnemies();
    updateBullets();
    checkCollisions();
    bullets = bullets.filter((b) => !b.dead);
    enemyBullets = enemyBullets.filter((b) => !b.dead);
    enemies = enemies.filter((e) => !e.dead);
  }
  updateParticles();
  drawScene();
  select('#score').html(score);
  select('#health').html(max(0, player.health));
}
