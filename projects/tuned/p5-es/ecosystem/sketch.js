const MAX_PLANTAS = 450;
const MIN_CONEJOS = 6;
const MIN_ZORROS = 2;

let mundo;
let enMarcha = true;
let deslizadorBrote, deslizadorGasto;
const historia = { plantas: [], conejos: [], zorros: [] };

function crearMundo() {
  mundo = { plantas: [], conejos: [], zorros: [] };
  for (let i = 0; i < 250; i++) mundo.plantas.push(new Planta(random(width), random(height)));
  for (let i = 0; i < 60; i++) mundo.conejos.push(new Conejo(random(width), random(height)));
  for (let i = 0; i < 8; i++) mundo.zorros.push(new Zorro(random(width), random(height)));
  historia.plantas.length = historia.conejos.length = historia.zorros.length = 0;
}

function setup() {
  const c = createCanvas(820, 600);
  c.parent('lienzo');
  c.mousePressed(soltarConejos);

  createP('Brote de plantas').parent('controles');
  deslizadorBrote = createSlider(0, 6, 2, 0.5).parent('controles');

  document.getElementById('pausar').addEventListener('click', (e) => {
    enMarcha = !enMarcha;
    e.target.textContent = enMarcha ? 'Pausar' : 'Continuar';
  });
  document.getElementById('reiniciar').addEventListener('click', crearMundo);
  crearMundo();
}

function soltarConejos() {
  for (let i = 0; i < 4; i++) {
    mundo.conejos.push(new Conejo(mouseX + random(-10, 10), mouseY + random(-10, 10)));
  }
}

function brotar() {
  const ritmo = deslizadorBrote.value();
  for (let i = 0; i < ritmo; i++) {
    if (mundo.plantas.length < MAX_PLANTAS) {
      mundo.plantas.push(new Planta(random(width), random(height)));
    }
  }
  for (const p of mundo.plantas) p.crecer(ritmo);
}

// Si una especie está a punto de desaparecer llegan individuos de fuera
function inmigracion() {
  if (frameCount % 120 !== 0) return;
  while (mundo.conejos.length < MIN_CONEJOS) mundo.conejos.push(new Conejo(0, random(height)));
  while (mundo.zorros.length < MIN_ZORROS) mundo.zorros.push(new Zorro(width, random(height)));
}

function actualizar() {
  brotar();
  for (const especie of ['conejos', 'zorros']) {
    const crias = [];
    for (const a of mundo[especie]) {
      if (!a.vivo) continue;
      a.actuar(mundo);
      const cria = a.reproducir();
      if (cria) crias.push(cria);
    }
    mundo[especie].push(...crias);
  }
  for (const k of Object.keys(mundo)) mundo[k] = mundo[k].filter((s) => s.vivo);
  inmigracion();
  registrar();
}

function registrar() {
  if (frameCount % 10) return;
  for (const k of Object.keys(historia)) {
    historia[k].push(mundo[k].length);
    if (historia[k].length > 250) historia[k].shift();
  }
}

// Dibuja la gráfica de poblaciones a lo largo del tiempo
function dibujarGrafica() {
  const colores = { plantas: '#4ca050', conejos: '#ebe1c8', zorros: '#de6e32' };
  push();
  translate(10, height - 110);
  noFill();
  for (const k of Object.keys(historia)) {
    const tope = max(20, ...historia[k]);
    stroke(colores[k]);
    beginShape();
    historia[k].forEach((v, i) => vertex(i, 100 - (v / tope) * 100));
    endShape();
  }
  pop();
}

function mostrarConteos() {
  document.getElementById('n-plantas').textContent = mundo.plantas.length;
  document.getElementById('n-conejos').textContent = mundo.conejos.length;
  document.getElementById('n-zorros').textContent = mundo.zorros.length;
}

function draw() {
  background(30, 44, 34);
  if (enMarcha) actualizar();
  for (const p of mundo.plantas) p.dibujar();
  for (const c of mundo.conejos) c.dibujar();
  for (const z of mundo.zorros) z.dibujar();
  mostrarConteos();
}
