// 経歴と作品のデータ
export const keireki = [
  {
    id: 'akari', yakushoku: '主任照明デザイナー', kaisha: '株式会社あかり舎', hajime: 2019, owari: null, kakunin: '2024年 在籍証明書',
    setsumei: '美術館・寺院の常設照明とセンサー連動演出。',
    kankei: { gijutsu: ['DMX', 'TouchDesigner', 'WebGL'], nakama: ['設計 3名', '施工 5名'], shigoto: ['東寺夜間拝観', '光の回廊'] },
  },
  {
    id: 'hamon', yakushoku: 'インタラクションエンジニア', kaisha: 'スタジオ波紋', hajime: 2015, owari: 2019, kakunin: '公開クレジット',
    setsumei: '参加型インスタレーションのソフトウェア全般。',
    kankei: { gijutsu: ['openFrameworks', 'C++'], nakama: ['作家 2名', '音響 1名'], shigoto: ['水面', '呼吸する壁'] },
  },
  {
    id: 'butai', yakushoku: '舞台照明オペレーター', kaisha: '京都舞台協会', hajime: 2011, owari: 2015, kakunin: '協会年報',
    setsumei: '年間60公演の仕込みとオペレーション。',
    kankei: { gijutsu: ['照明卓', 'CAD'], nakama: ['照明班 8名'], shigoto: ['能楽公演', '市民オペラ'] },
  },
];

export const sakuhin = [
  { na: '光の回廊', bun: '来場者の歩みに合わせて灯りが追いかける、全長80メートルの回廊。', saki: 'https://akarisha.co.jp/works/hikari-no-kairo' },
  { na: '呼吸する壁', bun: '近づくと呼吸のように明滅する、2400個のLEDによる壁面。', saki: 'https://hamon.studio/works/breathing-wall' },
];
