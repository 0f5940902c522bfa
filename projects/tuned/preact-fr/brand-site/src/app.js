import { render } from 'preact';
import { html } from 'htm/preact';
import { Vagues } from './vagues.js';
import { Parcours } from './parcours.js';
import { Contact } from './contact.js';
import { projets } from './donnees.js';

const LIENS = [['parcours', 'Parcours'], ['projets', 'Projets'], ['contact', 'Contact']];

const Entete = () => html`
  <header class="entete">
    <a href="#accueil">Anouk Delorme</a>
    <nav aria-label="Sections"><ul>${LIENS.map(([id, nom]) => html`<li><a href=${'#' + id}>${nom}</a></li>`)}</ul></nav>
  </header>
`;

const Projets = () => html`
  <section id="projets" class="bloc">
    <h2>Projets</h2>
    <div class="cartes">
      ${projets.map((p) => html`
        <article>
          <h3>${p.titre}</h3>
          <p>${p.texte}</p>
          <a href=${p.lien}>Découvrir ${p.titre}</a>
        </article>
      `)}
    </div>
  </section>
`;

function App() {
  return html`
    <${Entete} />
    <main>
      <section id="accueil" class="accueil">
        <${Vagues} />
        <h1>Je dessine des cartes qui répondent.</h1>
        <p>Développeuse front et cartographe, Nantes.</p>
      </section>
      <${Parcours} />
      <${Projets} />
      <${Contact} />
    </main>
    <footer class="bloc">© Anouk Delorme</footer>
  `;
}

render(html`<${App} />`, document.getElementById('racine'));
