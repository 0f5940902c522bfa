// Données réelles (NASA Planetary Fact Sheet)
// rayon : km — distance : millions de km — periode : jours terrestres
export const PLANETES = [
  { id: 'mercure', nom: 'Mercure', rayon: 2439.7, distance: 57.9, periode: 87.97, couleur: '#a8a29e', lunes: 0,
    texte: 'La plus petite planète, criblée de cratères.' },
  { id: 'venus', nom: 'Vénus', rayon: 6051.8, distance: 108.2, periode: 224.7, couleur: '#e8c27a', lunes: 0,
    texte: 'Une atmosphère étouffante de dioxyde de carbone.' },
  { id: 'terre', nom: 'Terre', rayon: 6371, distance: 149.6, periode: 365.26, couleur: '#4f8fe6', lunes: 1,
    texte: 'La seule planète connue abritant la vie.' },
  { id: 'mars', nom: 'Mars', rayon: 3389.5, distance: 227.9, periode: 686.98, couleur: '#d1603d', lunes: 2,
    texte: 'La planète rouge et son volcan géant, Olympus Mons.' },
  { id: 'jupiter', nom: 'Jupiter', rayon: 69911, distance: 77.86, periode: 4332.59, couleur: '#d9a679', lunes: 95,
    texte: 'La plus grande planète, avec sa Grande Tache rouge.' },
  { id: 'saturne', nom: 'Saturne', rayon: 58232, distance: 1433.5, periode: 10759.22, couleur: '#e3cf9b', lunes: 146,
    texte: 'Célèbre pour ses anneaux de glace.' },
  { id: 'uranus', nom: 'Uranus', rayon: 25362, distance: 2872.5, periode: 30688.5, couleur: '#9fe0e0', lunes: 28,
    texte: 'Elle tourne couchée sur le côté.' },
  { id: 'neptune', nom: 'Neptune', rayon: 24622, distance: 4495.1, periode: 60182, couleur: '#4566d8', lunes: 16,
    texte: 'Les vents les plus rapides du système solaire.' },
];

export const SOLEIL = { nom: 'Soleil', rayonDessin: 10 };
