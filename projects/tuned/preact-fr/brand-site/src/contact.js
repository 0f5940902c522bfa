import { useState } from 'preact/hooks';
import { html } from 'htm/preact';

const VIDE = { nom: '', courriel: '', message: '' };

export function Contact() {
  const [valeurs, setValeurs] = useState(VIDE);
  const [erreur, setErreur] = useState('');
  const [etat, setEtat] = useState('saisie');

  const lier = (champ) => ({
    name: champ,
    value: valeurs[champ],
    onInput: (e) => setValeurs({ ...valeurs, [champ]: e.currentTarget.value }),
  });

  async function envoyer(e) {
    e.preventDefault();
    if (valeurs.nom.trim() === '' || valeurs.message.trim().length < 10) {
      setErreur('Merci de donner votre nom et un message d’au moins dix caractères.');
      return;
    }
    if (!/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(valeurs.courriel)) {
      setErreur('L’adresse électronique semble incomplète.');
      return;
    }
    setErreur('');
    setEtat('envoi');
    try {
      const r = await fetch('https://api.web3forms.com/submit', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ access_key: '6f0c2f0e-7d7b-4d2e-9a53-0f3d8e5b91aa', ...valeurs }),
      });
      setEtat(r.ok ? 'envoye' : 'echec');
      if (r.ok) setValeurs(VIDE);
    } catch {
      setEtat('echec');
    }
  }

  return html`
    <section id="contact" class="bloc">
      <h2>Contact</h2>
      <form onSubmit=${envoyer} noValidate>
        <label>Nom <input type="text" autocomplete="name" ...${lier('nom')} /></label>
        <label>Courriel <input type="email" autocomplete="email" ...${lier('courriel')} /></label>
        <label>Message <textarea rows="6" ...${lier('message')}></textarea></label>
        ${erreur && html`<p class="erreur" role="alert">${erreur}</p>`}
        <button class="bouton" type="submit" disabled=${etat === 'envoi'}>Envoyer</button>
        ${etat === 'envoye' && html`<p class="succes" role="status">Merci, votre message est parti.</p>`}
        ${etat === 'echec' && html`<p class="erreur" role="alert">L’envoi a échoué : écrivez à bonjour@anoukdelorme.fr.</p>`}
      </form>
    </section>
  `;
}
