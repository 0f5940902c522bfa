import { keireki } from './deta.js';
import { hirakuKankeizu } from './kankeizu.js';

const ichiran = document.getElementById('keireki-ichiran');
const toshi = document.getElementById('toshi');
const hyoji = document.getElementById('toshi-hyoji');

function tsukuruKoumoku(k) {
  const li = document.createElement('li');
  li.tabIndex = 0;
  li.dataset.hajime = k.hajime;
  li.innerHTML = `
    <span class="kikan">${k.hajime}年 – ${k.owari ? k.owari + '年' : '現在'}</span>
    <span class="kakunin" title="${k.kakunin}">確認済み：${k.kakunin}</span>
    <h3>${k.yakushoku}（${k.kaisha}）</h3>
    <p>${k.setsumei}</p>`;
  li.addEventListener('click', () => hirakuKankeizu(k));
  li.addEventListener('keydown', (e) => {
    if (e.key === 'Enter') hirakuKankeizu(k);
  });
  return li;
}

// その年までに始まった役職だけを見せる
function shiborikomu() {
  hyoji.textContent = toshi.value;
  for (const li of ichiran.children) {
    li.hidden = Number(li.dataset.hajime) > Number(toshi.value);
  }
}

export function junbiKeireki() {
  [...keireki].sort((a, b) => b.hajime - a.hajime).forEach((k) => ichiran.append(tsukuruKoumoku(k)));
  toshi.addEventListener('input', shiborikomu);
  shiborikomu();
}
