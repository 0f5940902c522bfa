import { PLANETES, SOLEIL } from './donnees.js';

const SVG = 'http://www.w3.org/2000/svg';
const $ = (s) => document.querySelector(s);

const scene = $('#scene');
const calqueOrbites = $('#orbites');
const calqueAstres = $('#astres');
const fiche = $('#fiche');

// --- Échelles -------------------------------------------------------------
// Les rayons réels vont de 2 440 à 69 911 km : on prend la racine carrée,
// ce qui conserve l'ordre et des rapports lisibles.
const rayonDessin = (km) => Math.sqrt(km) * 0.075;
// Distances : racine carrée également, pour que Neptune tienne dans la vue.
const distanceDessin = (mkm) => Math.sqrt(mkm) * 7;

// --- État -----------------------------------------------------------------
let vitesse = 10;        // jours simulés par image
let jours = 0;
let enPause = false;     // mis à vrai par la barre d'espace
let choisie = null;
let vue = { x: -500, y: -500, w: 1000, h: 1000 };

function creer(nom, attrs, parent) {
  const el = document.createElementNS(SVG, nom);
  for (const [k, v] of Object.entries(attrs)) el.setAttribute(k, v);
  parent.appendChild(el);
  return el;
}

function dessinerSoleil() {
  const g = creer('g', { class: 'soleil' }, calqueAstres);
  creer('circle', { r: SOLEIL.rayonDessin, fill: 'url(#lueur)' }, g);
  const t = creer('text', { class: 'nom', y: -14 }, g);
  t.textContent = SOLEIL.nom;
}

function dessinerPlanete(p) {
  const d = distanceDessin(p.distance);
  const r = rayonDessin(p.rayon);
  creer('circle', { class: 'orbite', r: d }, calqueOrbites);

  const g = creer('g', { class: 'planete', tabindex: 0, role: 'button', 'aria-label': p.nom }, calqueAstres);
  // zone de clic plus large que le disque visible
  creer('circle', { r: Math.max(r, 9), fill: 'transparent' }, g);
  creer('circle', { r, fill: p.couleur }, g);
  if (p.id === 'saturne') {
    creer('ellipse', { rx: r * 1.8, ry: r * 0.5, fill: 'none', stroke: '#cdbb85', 'stroke-width': 1.5 }, g);
  }
  const t = creer('text', { class: 'nom', y: -r - 5 }, g);
  t.textContent = p.nom;

  g.addEventListener('click', (e) => { e.stopPropagation(); choisir(p); });
  g.addEventListener('keydown', (e) => { if (e.key === 'Enter') choisir(p); });

  p.noeud = g;
  p.d = d;
  p.phase = Math.random() * Math.PI * 2;
}

function choisir(p) {
  if (choisie) choisie.noeud.classList.remove('choisie');
  choisie = p;
  p.noeud.classList.add('choisie');

  $('#fiche-nom').textContent = p.nom;
  const lignes = [
    ['Rayon', `${p.rayon.toLocaleString('fr-FR')} km`],
    ['Distance', `${p.distance.toLocaleString('fr-FR')} M km`],
    ['Année', `${p.periode.toLocaleString('fr-FR')} jours`],
    ['Lunes', p.lunes],
  ];
  $('#fiche-donnees').innerHTML = lignes.map(([a, b]) => `<dt>${a}</dt><dd>${b}</dd>`).join('');
  $('#fiche-texte').textContent = p.texte;
  fiche.classList.add('ouverte');
}

function fermerFiche() {
  fiche.classList.remove('visible');
  fiche.setAttribute('aria-hidden', 'true');
}

function placer(p) {
  const a = p.phase - (2 * Math.PI * jours) / p.periode;
  p.noeud.setAttribute('transform', `translate(${Math.cos(a) * p.d} ${Math.sin(a) * p.d})`);
}

// Boucle d'animation, indépendante de la fréquence d'affichage
function boucle(t) {
  if (!enPause) jours += vitesse;
  for (const p of PLANETES) placer(p);
  requestAnimationFrame(boucle);
}

// --- Commandes ------------------------------------------------------------
$('#vitesse').addEventListener('input', (e) => {
  vitesse = Number(e.target.value);
  $('#valeur').textContent = `${vitesse} j/image`;
});

$('#fermer').addEventListener('click', fermerFiche);
$('#ciel').addEventListener('click', fermerFiche);

function appliquerVue() {
  scene.setAttribute('viewBox', `${vue.x} ${vue.y} ${vue.w} ${vue.h}`);
}

scene.addEventListener('wheel', (e) => {
  e.preventDefault();
  const k = e.deltaY > 0 ? 1.12 : 1 / 1.12;
  const w = Math.min(4000, Math.max(80, vue.w * k));
  const cx = vue.x + vue.w / 2;
  const cy = vue.y + vue.h / 2;
  vue = { x: cx - w / 2, y: cy - w / 2, w, h: w };
  appliquerVue();
}, { passive: false });

// Permet de suspendre ou reprendre la simulation
function basculerPause() {
  enPause = !enPause;
  document.body.classList.toggle('en-pause', enPause);
}

dessinerSoleil();
PLANETES.forEach(dessinerPlanete);
requestAnimationFrame(boucle);
