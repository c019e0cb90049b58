/** Pictures of the demo city, drawn by ourselves as plain shapes: nothing is fetched, nobody is shown. */
export type SceneName = 'heating' | 'pipes' | 'canteen' | 'kitchen' | 'school';

const [width, height] = [1280, 800];

const sky = (from: string, to: string) =>
  `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#sky)"/>`;
const box = (x: number, y: number, w: number, h: number, fill: string, round = 0) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${round}" fill="${fill}"/>`;
const disc = (x: number, y: number, r: number, fill: string, opacity = 1) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" opacity="${opacity}"/>`;
const path = (d: string, stroke: string, thick: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${thick}" stroke-linecap="round" stroke-linejoin="round"/>`;
const times = (count: number, draw: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => draw(n)).join('');

/** A row of houses with lit windows along the lower edge. */
function houses(wall: string, lit: string, dark: string): string {
  return times(9, (n) => {
    const [x, tall] = [n * 148 - 20, 190 + ((n * 97) % 5) * 52];
    const top = height - tall;
    const windows = times(12, (w) => {
      const [column, row] = [w % 3, Math.floor(w / 3)];
      return box(x + 20 + column * 34, top + 26 + row * 44, 18, 24, (n * 7 + w * 5) % 4 === 0 ? dark : lit);
    });
    return box(x, top, 132, tall, wall) + windows;
  });
}

const snow = () => times(90, (n) => disc((n * 197) % width, (n * 131) % 560, 2 + (n % 3), '#fff', 0.75));

const radiator = () =>
  box(250, 330, 780, 34, '#f3ede2', 12) +
  box(250, 640, 780, 34, '#f3ede2', 12) +
  times(11, (n) => box(262 + n * 70, 316, 46, 372, '#fbf7ef', 22)) +
  times(5, (n) => path(`M${340 + n * 150} 270 q26 -36 0 -72 q-26 -36 0 -72`, '#f0a36b', 12)) +
  path('M250 657 H130 V800', '#c8763f', 26) +
  disc(186, 657, 34, '#8d4b25');

const pipes = () =>
  box(0, 520, width, 280, '#6d5a48') +
  box(0, 500, width, 26, '#857865') +
  path('M-40 640 H520 V720 H1320', '#2f7ea8', 74) +
  path('M-40 640 H520 V720 H1320', '#5fb0d4', 26) +
  times(5, (n) => box(120 + n * 250, n < 2 ? 588 : 668, 26, 104, '#22546f', 6)) +
  box(760, 250, 210, 250, '#e0a63a', 8) +
  box(800, 180, 120, 90, '#e0a63a', 8) +
  box(818, 198, 84, 54, '#34495a', 4) +
  path('M940 300 L1120 150 L1200 400', '#c58c25', 30) +
  path('M1165 400 h80 l-20 66 h-60 z', '#6b5012', 16) +
  disc(800, 500, 40, '#2b2b2b') +
  disc(930, 500, 40, '#2b2b2b');

const bowl = (x: number, y: number, r: number, food: string) =>
  disc(x, y, r, '#fffaf0') + disc(x, y, r * 0.82, food) + disc(x - r * 0.25, y - r * 0.2, r * 0.2, '#fff', 0.25);

const canteen = () =>
  disc(640, 470, 330, '#c98f5a') +
  disc(640, 470, 304, '#dba873') +
  bowl(640, 420, 96, '#d9603b') +
  bowl(470, 510, 76, '#7fa650') +
  bowl(800, 500, 80, '#e9bd4d') +
  bowl(600, 620, 70, '#f4efe3') +
  bowl(740, 640, 56, '#8c5a37') +
  path('M960 300 L1130 560 M1000 280 L1170 540', '#8a4b22', 12) +
  times(3, (n) => path(`M${590 + n * 50} 300 q20 -30 0 -60 q-20 -30 0 -60`, '#fff', 8));

const kitchen = () =>
  box(0, 560, width, 240, '#b9c2c4') +
  box(0, 540, width, 24, '#93a0a3') +
  box(120, 120, 470, 290, '#26343c', 10) +
  box(140, 140, 430, 250, '#3d5a66', 4) +
  disc(355, 265, 62, '#f2f6f6') +
  `<path d="M336 234 L392 265 L336 296 Z" fill="#26343c"/>` +
  box(690, 420, 420, 120, '#7d8a8e', 6) +
  times(3, (n) =>
    box(712 + n * 132, 300 - n * 22, 108, 122 + n * 22, ['#d07a45', '#e7c35c', '#9db36a'][n] ?? '#999', 14),
  ) +
  path('M690 240 H1110', '#58666b', 12) +
  times(4, (n) => path(`M${750 + n * 100} 240 v50`, '#58666b', 8));

const school = () =>
  box(140, 330, 1000, 330, '#f5e7cf') +
  box(110, 300, 1060, 44, '#b5533c') +
  times(12, (n) => box(190 + (n % 6) * 156, 390 + Math.floor(n / 6) * 130, 96, 78, '#7fb0c9', 4)) +
  box(590, 560, 100, 100, '#8a5a3b') +
  path('M640 300 V130', '#777', 8) +
  `<path d="M644 132 h130 v78 h-130 z" fill="#c8321e"/>` +
  box(0, 660, width, 140, '#c9b48f') +
  path('M80 730 H1200', '#fff', 6) +
  times(4, (n) => disc(60 + n * 380, 600, 62, '#6f9a56') + box(52 + n * 380, 640, 16, 70, '#6b4a2e'));

const scenes: Record<SceneName, string> = {
  heating: sky('#3b4a63', '#c98a72') + houses('#2b3447', '#ffd98a', '#3f4a60') + snow() + radiator(),
  pipes: sky('#cfe3ee', '#f3efe4') + pipes(),
  canteen: sky('#f7ead2', '#eed7b0') + canteen(),
  kitchen: sky('#e6ecee', '#d5dddf') + kitchen(),
  school: sky('#bfdcec', '#eef4ee') + school(),
};

/** A scene as SVG. */
export function sceneSvg(name: SceneName): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${scenes[name]}</svg>`;
}
