const NS = 'http://www.w3.org/2000/svg';
const IRO = { gijutsu: '#7fb4d9', nakama: '#d98fb0', shigoto: '#f2c14e' };

const mado = document.getElementById('kankeizu');
const zu = document.getElementById('zu');

function youso(na, zokusei, moji) {
  const e = document.createElementNS(NS, na);
  for (const k in zokusei) e.setAttribute(k, zokusei[k]);
  if (moji) e.textContent = moji;
  zu.append(e);
}

export function hirakuKankeizu(k) {
  zu.replaceChildren();
  document.getElementById('kankeizu-midashi').textContent = k.kaisha;
  const ten = Object.entries(k.kankei).flatMap(([shurui, mono]) => mono.map((m) => ({ shurui, m })));
  ten.forEach(({ shurui, m }, i) => {
    const a = (i / ten.length) * Math.PI * 2 - Math.PI / 2;
    const x = Math.cos(a) * 150, y = Math.sin(a) * 110;
    youso('line', { x1: 0, y1: 0, x2: x, y2: y, stroke: IRO[shurui], 'stroke-opacity': 0.5 });
    youso('circle', { cx: x, cy: y, r: 7, fill: IRO[shurui] });
    youso('text', { x, y: y + 22, 'text-anchor': 'middle', fill: '#f6f1e7', 'font-size': 13 }, m);
  });
  youso('circle', { r: 24, fill: '#f6f1e7' });
  mado.showModal();
}
