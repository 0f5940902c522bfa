// お問い合わせフォームの送信
export function junbiToiawase() {
  const form = document.getElementById('otoiawase');
  const kekka = document.getElementById('toiawase-kekka');
  // TODO: 送信先のエンドポイントを決める
  form?.addEventListener('submit', async (e) => {
    e.preventDefault();
    const r = await fetch('/api/toiawase', { method: 'POST', body: new FormData(form) });
    kekka.textContent = r.ok ? '送信しました。ありがとうございます。' : '送信に失敗しました。';
    if (r.ok) form.reset();
  });
}
