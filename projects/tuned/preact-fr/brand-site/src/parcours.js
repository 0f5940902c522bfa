import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { postes } from './donnees.js';

const DOMAINES = [['tous', 'Tous'], ['presse', 'Presse'], ['public', 'Secteur public']];

/** Carte de contexte d'un poste : compétences, projets, équipe. */
export function CarteContexte({ poste }) {
  const [ouverte, setOuverte] = useState(false);
  return html`
    <div class="contexte">
      <button class="bouton" aria-expanded=${ouverte} onClick=${() => setOuverte(!ouverte)}>Carte de contexte</button>
      ${ouverte && html`<ul class="atouts">${poste.atouts.map((a) => html`<li>${a}</li>`)}</ul>`}
    </div>
  `;
}

/** Pastille « vérifié » et lien vers la preuve. */
function Preuve({ poste }) {
  if (!poste.verifiee) return null;
  return html`<p class="preuve">✓ Vérifié · <a href=${poste.preuve}>voir l’attestation</a></p>`;
}

export function Parcours() {
  const [domaine, setDomaine] = useState('tous');
  const visibles = postes.filter((p) => domaine === 'tous' || p.domaine === domaine);

  return html`
    <section id="parcours" class="bloc">
      <h2>Parcours</h2>
      <div class="filtres" role="group" aria-label="Filtrer par domaine">
        ${DOMAINES.map(([id, nom]) => html`
          <button type="button" aria-pressed=${String(domaine === id)} onClick=${() => setDomaine(id)}>${nom}</button>
        `)}
      </div>
      <ol class="frise">
        ${visibles.map((p) => html`
          <li key=${p.id}>
            <p class="dates">${p.debut} – ${p.fin ?? 'aujourd’hui'}</p>
            <h3>${p.poste}, ${p.employeur}</h3>
            <p>${p.resume}</p>
            <${Preuve} poste=${p} />
            <ul class="atouts">${p.atouts.map((a) => html`<li>${a}</li>`)}</ul>
          </li>
        `)}
      </ol>
    </section>
  `;
}
