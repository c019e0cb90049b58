/** Signs that are written for others 形近字, by what they stand for. Capital letters only where the small one differs. */
const writtenFor: Record<string, string> = {
  a: 'аαɑᴀӑӓ',
  b: 'вβʙЬьƀ',
  c: 'сϲᴄƈ',
  d: 'ԁɗᴅđ',
  e: 'еεєҽᴇ',
  f: 'ƒꜰ',
  g: 'ɡɢ',
  h: 'һнΗʜħ',
  i: 'іιıɪї',
  j: 'јʝᴊ',
  k: 'кκᴋ',
  l: 'ӏʟł',
  m: 'мΜᴍ',
  n: 'пηΝɴ',
  o: 'оοᴏøσ',
  p: 'рρᴘ',
  q: 'ԛ',
  r: 'гʀ',
  s: 'ѕꜱʂ',
  t: 'тτᴛŧ',
  u: 'υμᴜ',
  v: 'νѵᴠ',
  w: 'ԝωᴡ',
  x: 'хχ',
  y: 'уүΥγʏ',
  z: 'ζᴢƶ',
  '0': '零〇○◯',
  '1': '一壹壱弌',
  '2': '二贰貳弍',
  '3': '三叁參弎',
  '4': '四肆',
  '5': '五伍',
  '6': '六陆陸',
  '7': '七柒',
  '8': '八捌',
  '9': '九玖',
  日: '曰',
  口: '囗',
  // Japanese forms, which every Chinese keyboard offers
  发: '発',
  图: '図',
  卖: '売',
  读: '読',
  对: '対',
  经: '経',
  济: '済',
  实: '実',
  气: '気',
  变: '変',
  德: '徳',
  恶: '悪',
  价: '価',
  应: '応',
  关: '関',
  险: '険',
  检: '検',
  权: '権',
  广: '広',
  铁: '鉄',
  转: '転',
  传: '伝',
  团: '団',
  钱: '銭',
  战: '戦',
  总: '総',
  续: '続',
  单: '単',
  弹: '弾',
  专: '専',
  厅: '庁',
  斗: '闘',
  药: '薬',
  劳: '労',
  围: '囲',
};

const table = new Map<string, string>();
for (const [plain, signs] of Object.entries(writtenFor)) for (const sign of signs) table.set(sign, plain);
// Letters in circles and squares, and those of which flags are made: A to Z each
for (const first of [0x1f150, 0x1f170, 0x1f1e6]) {
  for (let place = 0; place < 26; place += 1)
    table.set(String.fromCodePoint(first + place), String.fromCharCode(97 + place));
}

/** The sign that this one is written for, or undefined. */
export const lookalikeOf = (character: string): string | undefined =>
  table.get(character) ?? table.get(character.toLowerCase());

/** Letters that nobody reads as letters: fillers of Hangul that are blank, and strokes set between characters. */
const unread = new Set('\u115f\u1160\u3164\uffa0丶丨丿灬彡');

/** True for what counts when words are compared; signs, blanks, marks and strokes between letters do not. */
export const isRead = (letter: string): boolean =>
  /[\p{L}\p{N}]/u.test(letter) && !/\p{Lm}/u.test(letter) && !unread.has(letter);

/** Digits and signs for letters inside a Latin word: `cas1no`. A 1 stands for an i, or for an l. */
export const insteadOfLetters: readonly ReadonlyMap<string, string>[] = ['i', 'l'].map(
  (one) =>
    new Map(Object.entries({ 0: 'o', 1: one, '!': one, '|': one, 3: 'e', 4: 'a', '@': 'a', 5: 's', $: 's', 7: 't' })),
);
