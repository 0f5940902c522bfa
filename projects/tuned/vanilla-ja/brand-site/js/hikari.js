/**
 * 扉の背景：ゆっくり漂う光の粒
 */
const KAZU = 70;

export function hajimeruHikari(kanbasu) {
  const c = kanbasu.getContext('2d');
  const tsubu = [];
  let haba = 0, takasa = 0;

  function awaseru() {
    haba = kanbasu.width = kanbasu.clientWidth;
    takasa = kanbasu.height = kanbasu.clientHeight;
  }

  function umareru() {
    return { x: Math.random() * haba, y: Math.random() * takasa, r: 1 + Math.random() * 4, hayasa: 0.1 + Math.random() * 0.4, i: Math.random() * 6.28 };
  }

  function kaku(t) {
    c.clearRect(0, 0, haba, takasa);
    for (const p of tsubu) {
      p.y -= p.hayasa;
      p.x += Math.sin(t / 1800 + p.i) * 0.3;
      if (p.y < -10) Object.assign(p, umareru(), { y: takasa + 10 });
      c.fillStyle = `rgba(242, 193, 78, ${0.25 + 0.25 * Math.sin(t / 900 + p.i)})`;
      c.beginPath();
      c.arc(p.x, p.y, p.r, 0, Math.PI * 2);
      c.fill();
    }
    requestAnimationFrame(kaku);
  }

  awaseru();
  addEventListener('resize', awaseru);
  for (let n = 0; n < KAZU; n++) tsubu.push(umareru());
  // 「視差効果を減らす」設定の人には動かさず一枚だけ描く
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    for (const p of tsubu) { c.fillStyle = 'rgba(242,193,78,.3)'; c.fillRect(p.x, p.y, p.r, p.r); }
    return;
  }
  requestAnimationFrame(kaku);
}
