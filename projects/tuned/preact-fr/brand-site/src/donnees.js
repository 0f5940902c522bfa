export const postes = [
  {
    id: 'atlas', domaine: 'presse', poste: 'Responsable cartographie', employeur: "L'Atlas du Soir", debut: '2020', fin: null,
    resume: 'Cartes électorales et enquêtes géographiques, lues par deux millions de personnes.',
    verifie: true, preuve: '/preuves/atlas.pdf',
    atouts: ['MapLibre', 'D3', 'Python', 'Équipe de 5'],
  },
  {
    id: 'littoral', domaine: 'public', poste: 'Développeuse SIG', employeur: 'Agence du Littoral', debut: '2016', fin: '2020',
    resume: 'Suivi de l’érosion des plages à partir d’images satellite.',
    verifie: true, preuve: '/preuves/littoral.pdf',
    atouts: ['PostGIS', 'GDAL', 'Leaflet'],
  },
  {
    id: 'velo', domaine: 'public', poste: 'Développeuse web', employeur: 'Métropole de Nantes', debut: '2013', fin: '2016',
    resume: 'Premier calculateur d’itinéraires cyclables de la ville.',
    verifie: false, preuve: null,
    atouts: ['JavaScript', 'OpenStreetMap'],
  },
];

export const projets = [
  { titre: 'Marées de papier', texte: 'Un calendrier des marées imprimable, calculé dans le navigateur.', lien: 'https://marees.anoukdelorme.fr/' },
  { titre: 'Recul', texte: 'Trente ans d’érosion du littoral, plage par plage.', lien: 'https://github.com/anoukdelorme/recul' },
  { titre: 'Bureau de vote', texte: 'Les résultats de 70 000 bureaux en une seule carte fluide.', lien: 'https://atlasdusoir.fr/cartes/bureaux-de-vote' },
];
