import { sakuhin } from './deta.js';

class SakuhinFuda extends HTMLElement {
  set deta(s) {
    this.className = 'fuda';
    this.innerHTML = `<h3>${s.na}</h3><p>${s.bun}</p><a href="${s.saki}">詳しく見る</a>`;
  }
}
customElements.define('sakuhin-fuda', SakuhinFuda);

export function naraberuSakuhin() {
  const oki = document.getElementById('sakuhin-ichiran');
  for (const s of sakuhin) {
    const f = document.createElement('sakuhin-fuda');
    f.deta = s;
    oki.append(f);
  }
}
