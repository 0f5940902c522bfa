/// Two small worlds that the examples of several analyses share.
enum SimulationExamples {
  /// A game: arrow keys steer, space shoots, foes come down and shoot back.
  static let shooter = """
    <canvas id=c width=400 height=400></canvas><p id=s></p><p id=l></p><button id=again>Again</button><script>
    const canvas = document.getElementById('c'), ctx = canvas.getContext('2d');
    const keys = {};
    let ship, shots, foes, shells, score, lives, over, paused = false, last = 0, wait = 0, wave = 1;
    function reset() {
      ship = {x: 200, y: 380}; shots = []; foes = []; shells = []; score = 0; lives = 3; over = false; wave = 1;
    }
    addEventListener('keydown', e => { keys[e.code] = true; if (e.code === 'KeyP' && !e.repeat) paused = !paused; });
    addEventListener('keyup', e => { keys[e.code] = false; });
    document.getElementById('again').onclick = () => { reset(); };
    function shoot() { shots.push({x: ship.x, y: ship.y}); }
    function near(a, b) { return Math.hypot(a.x - b.x, a.y - b.y) < 12; }
    function update(dt) {
      if (keys.ArrowLeft) ship.x -= 200 * dt;
      if (keys.ArrowRight) ship.x += 200 * dt;
      wait -= dt;
      if (keys.Space && wait <= 0) { wait = 0.3; shoot(); }
      if (Math.random() < 0.5 * wave * dt) foes.push({x: Math.random() * 400, y: 0, hp: 1});
      for (const s of shots) s.y -= 300 * dt;
      for (const f of foes) {
        f.y += 40 * dt;
        if (Math.random() < 0.3 * dt) shells.push({x: f.x, y: f.y});
        for (const s of shots) if (near(s, f)) { f.hp--; s.y = -99; if (f.hp <= 0) { score += 10; if (score % 100 === 0) wave++; } }
      }
      for (const b of shells) { b.y += 150 * dt; if (near(b, ship)) { b.y = 999; lives--; if (lives <= 0) over = true; } }
      shots = shots.filter(s => s.y > -20);
      foes = foes.filter(f => f.hp > 0 && f.y < 420);
      shells = shells.filter(b => b.y < 420);
    }
    function frame(now) {
      const dt = Math.min(0.05, (now - last) / 1000); last = now;
      if (!over && !paused) update(dt);
      ctx.clearRect(0, 0, 400, 400);
      ctx.fillRect(ship.x, ship.y, 10, 10);
      for (const f of foes) ctx.fillRect(f.x, f.y, 10, 10);
      for (const s of shots) ctx.fillRect(s.x, s.y, 2, 6);
      for (const b of shells) ctx.fillRect(b.x, b.y, 2, 6);
      document.getElementById('s').textContent = 'Score ' + score;
      document.getElementById('l').textContent = lives;
      requestAnimationFrame(frame);
    }
    reset();
    requestAnimationFrame(frame);
    </script>
    """

  /// A meadow: hares graze, foxes hunt, grass grows.
  static let meadow = """
    <canvas id=c width=400 height=400></canvas><b id=g></b><b id=h></b><b id=f></b><input id=rate type=range><button id=stop>Stop</button><script>
    const ctx = document.getElementById('c').getContext('2d');
    let grass = [], hares = [], foxes = [], running = true, rate = 1;
    const dist = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
    const spot = () => ({x: Math.random() * 400, y: Math.random() * 400});
    const beast = (x, y) => ({x, y, dir: Math.random() * 6, energy: 50, age: 0, dead: false});
    for (let i = 0; i < 80; i++) grass.push(spot());
    for (let i = 0; i < 20; i++) hares.push(beast(200, 200));
    for (let i = 0; i < 4; i++) foxes.push(beast(100, 100));
    function walk(a, v) { a.dir += Math.random() - 0.5; a.x += Math.cos(a.dir) * v; a.y += Math.sin(a.dir) * v; }
    function live(a, cost) { a.age++; a.energy -= cost; if (a.energy <= 0 || a.age > 900) a.dead = true; }
    function step() {
      if (grass.length < 200 && Math.random() < 0.3 * rate) grass.push(spot());
      const young = [];
      for (const h of hares) {
        walk(h, 1); live(h, 0.2);
        for (let i = grass.length - 1; i >= 0; i--) if (dist(h, grass[i]) < 6) { grass.splice(i, 1); h.energy += 8; }
        if (h.energy > 80) { h.energy -= 40; young.push(beast(h.x, h.y)); }
      }
      hares.push(...young);
      const cubs = [];
      for (const f of foxes) {
        walk(f, 1.4); live(f, 0.3);
        for (const h of hares) if (!h.dead && dist(f, h) < 7) { h.dead = true; f.energy += 30; }
        if (f.energy > 120) { f.energy = 60; cubs.push(beast(f.x, f.y)); }
      }
      foxes.push(...cubs);
      hares = hares.filter(h => !h.dead); foxes = foxes.filter(f => !f.dead);
      if (hares.length < 3) hares.push(beast(0, 0));
      if (foxes.length < 2 && hares.length > 20) foxes.push(beast(0, 0));
    }
    function draw() {
      ctx.clearRect(0, 0, 400, 400);
      for (const g of grass) ctx.fillRect(g.x, g.y, 2, 2);
      for (const h of hares) ctx.fillRect(h.x, h.y, 4, 4);
      for (const f of foxes) ctx.fillRect(f.x, f.y, 6, 6);
      document.getElementById('g').textContent = grass.length;
      document.getElementById('h').textContent = hares.length;
      document.getElementById('f').textContent = foxes.length;
    }
    document.getElementById('rate').oninput = e => { rate = +e.target.value; };
    document.getElementById('stop').onclick = () => { running = !running; };
    function frame() { if (running) step(); draw(); requestAnimationFrame(frame); }
    frame();
    </script>
    """
}
