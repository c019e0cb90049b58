// node bench/redaction.ts [csv] — how much of what is personal the finder proposes, and how often it proposes in vain. Reads
// real letters with replies (../shared/data), which are masked where they were published, and puts known personal
// details into them at known places. Counts only; prints no text.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { findPersonal, type PersonalKind } from '../src/kernel/redaction.ts';

const file = process.argv[2] ?? new URL('../../shared/data/letters-with-replies.csv', import.meta.url).pathname;

/** The same at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const random = randomFrom(20_261_122);
const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item;
const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

function identityCard(): string {
  const born = `${1950 + Math.floor(random() * 60)}${pick(['01', '06', '11'])}${pick(['03', '17', '28'])}`;
  const body = `${pick(['370202', '430104', '110105', '440306'])}${born}${digits(3)}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}
function bankCard(): string {
  const body = `6222${digits(14)}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
const person = () =>
  `${pick([...'王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁'])}${pick(['建国', '秀英', '伟', '晓燕', '志强', '丽', '海涛', '雨桐'])}`;
const mobile = () => `1${pick(['38', '59', '86', '77', '99'])}${digits(8)}`;
const home = () =>
  `${pick(['香港中路', '人民路', '解放东路', '芙蓉街'])}${1 + Math.floor(random() * 200)}号${pick(['3单元501室', '2栋1单元302', '7号楼1201室'])}`;
const grouped = (text: string, gap: string) => text.replace(/^(.{3})(.{4})/, `$1${gap}$2${gap}`);

type Make = () => { before: string; detail: string; after?: string };
const makers: Record<Exclude<PersonalKind, 'other'>, readonly Make[]> = {
  telephone: [
    () => ({ before: '请打我手机', detail: mobile() }),
    () => ({ before: '联系电话：', detail: grouped(mobile(), pick([' ', '-'])) }),
    () => ({ before: '电话', detail: wide(mobile()) }),
    () => ({ before: '家里座机', detail: `0${pick(['532', '731'])}-8${digits(7)}` }),
  ],
  'identity-card': [
    () => ({ before: '身份证号', detail: identityCard() }),
    () => ({ before: '本人', detail: identityCard().toLowerCase() }),
    () => ({ before: '证件：', detail: wide(identityCard()) }),
  ],
  'bank-card': [
    () => ({ before: '工资卡', detail: bankCard() }),
    () => ({ before: '款项打到', detail: bankCard().replace(/(\d{4})(?=\d)/g, '$1 ') }),
  ],
  plate: [
    () => ({ before: '车牌', detail: `${pick([...'鲁湘京粤苏'])}${pick([...'ABCDE'])}${digits(5)}` }),
    () => ({
      before: '一辆',
      detail: `${pick([...'鲁湘京粤苏'])}${pick([...'ABCDE'])}D${digits(5)}`,
      after: '堵在门口',
    }),
    () => ({ before: '占道的是', detail: `${pick([...'鲁湘京粤苏'])}${pick([...'ABCDE'])}·${digits(2)}K${digits(2)}` }),
  ],
  email: [
    () => ({ before: '邮箱', detail: `wang.${digits(4)}@example.com` }),
    () => ({ before: '发到', detail: wide(`li${digits(3)}@example.cn`) }),
  ],
  account: [
    () => ({ before: '加我微信：', detail: `wx_${digits(6)}` }),
    () => ({ before: 'QQ号', detail: `8${digits(8)}` }),
  ],
  document: [
    () => ({ before: '护照号', detail: `EJ${digits(7)}` }),
    () => ({ before: '社保卡号', detail: `K${digits(8)}` }),
    () => ({ before: '不动产权证号：', detail: digits(7) }),
  ],
  'birth-date': [() => ({ before: '出生日期', detail: `19${pick(['58', '76', '90'])}年${pick(['3', '11'])}月5日` })],
  address: [
    () => ({ before: '我家住', detail: home() }),
    () => ({ before: '住址：', detail: `阳光花园${1 + Math.floor(random() * 30)}栋2单元301` }),
  ],
  name: [
    () => ({ before: '我叫', detail: person() }),
    () => ({ before: '联系人：', detail: person() }),
    () => ({ before: '请找', detail: person(), after: '女士' }),
    () => ({ before: '我叫', detail: pick(['古丽·买买提', '阿卜杜拉•玉素甫', '艾力.吐尔逊']), after: '，' }),
    () => ({ before: '聯繫人：', detail: pick(['陳志強', '張偉', '黃麗華']), after: '，' }),
  ],
};

/** Chinese figures, as some write numbers that are not to be found. */
const figures = (text: string) => text.replace(/\d/g, (digit) => '零一二三四五六七八九'[Number(digit)] ?? '');

/** Forms that say less of themselves: no word before them, or written so that they are not found. */
const hard: Partial<Record<PersonalKind, readonly Make[]>> = {
  telephone: [
    () => ({ before: '有事找我', detail: [...mobile()].join(' ') }),
    () => ({ before: '我的手机', detail: figures(mobile()) }),
    () => ({ before: '（', detail: `8${digits(7)}`, after: '）' }),
  ],
  'identity-card': [
    () => ({ before: '本人', detail: identityCard().replace(/^(.{6})(.{8})/, '$1 $2 ') }),
    () => ({ before: '身份证', detail: figures(identityCard().replace('X', '1')) }),
  ],
  'bank-card': [() => ({ before: '卡尾号不详，全号', detail: bankCard().replace(/(\d{4})(?=\d)/g, '$1-') })],
  plate: [() => ({ before: '尾号限行的', detail: `鲁 B ${digits(5)}` })],
  account: [() => ({ before: '加V：', detail: `wx_${digits(6)}` })],
  address: [
    () => ({ before: '房子在', detail: `阳光花园${1 + Math.floor(random() * 30)}-2-301` }),
    () => ({ before: '我住', detail: '芙蓉街道南湖社区三组' }),
  ],
  name: [
    () => ({ before: '昨天邻居', detail: person(), after: '来过' }),
    () => ({ before: '物业经理', detail: person(), after: '说不归他管' }),
  ],
};

interface Count {
  put: number;
  found: number;
  /** Found in part, so that something of it would stay to be read. */
  partly: number;
}
const counts = { usual: new Map<PersonalKind, Count>(), hard: new Map<PersonalKind, Count>() };
const proposed = new Map<PersonalKind, { times: number; letters: number }>();
let letters = 0;
let characters = 0;
let clean = 0;
let milliseconds = 0;

function search(text: string) {
  const begun = performance.now();
  const found = findPersonal(text);
  milliseconds += performance.now() - begun;
  return found;
}

/** What is proposed in the letter as it is. */
function asItIs(text: string): void {
  const found = search(text);
  if (found.length === 0) clean += 1;
  for (const kind of new Set(found.map((one) => one.kind))) {
    const known = proposed.get(kind) ?? { times: 0, letters: 0 };
    const times = found.filter((one) => one.kind === kind).length;
    proposed.set(kind, { times: known.times + times, letters: known.letters + 1 });
  }
}

/** Puts one detail of each kind behind a sentence of the letter and looks whether it is found whole. */
function withDetails(text: string, form: 'usual' | 'hard'): void {
  const ends = [...text.matchAll(/[。！？；]/g)].map(({ index }) => index + 1);
  for (const [kind, makes] of Object.entries(form === 'usual' ? makers : hard) as [PersonalKind, readonly Make[]][]) {
    const { before, detail, after = '' } = pick(makes)();
    const place = ends.length > 0 ? pick(ends) : text.length;
    const start = place + before.length;
    const whole = `${text.slice(0, place)}${before}${detail}${after}。${text.slice(place)}`;
    const over = search(whole).filter((one) => one.start < start + detail.length && one.end > start);
    const isWhole = over.some((one) => one.start <= start && one.end >= start + detail.length);
    const { put, found, partly } = counts[form].get(kind) ?? { put: 0, found: 0, partly: 0 };
    counts[form].set(kind, {
      put: put + 1,
      found: found + (isWhole ? 1 : 0),
      partly: partly + (!isWhole && over.length > 0 ? 1 : 0),
    });
  }
}

const rows = createReadStream(file).pipe(parse({ columns: true, bom: true, relax_column_count: true }));
for await (const row of rows as AsyncIterable<Record<string, string>>) {
  const text = `${row['title'] ?? ''}\n${row['body'] ?? ''}`;
  letters += 1;
  characters += text.length;
  asItIs(text);
  withDetails(text, 'usual');
  withDetails(text, 'hard');
}
console.log(`${letters} letters, ${characters} characters, ${(milliseconds / (letters * 16)).toFixed(2)} ms a text`);
console.log(`${clean} letters without any proposal`);
for (const [kind, { times, letters: inLetters }] of proposed) console.log(`${kind}: ${times} in ${inLetters} letters`);
for (const [form, found] of Object.entries(counts)) {
  for (const [kind, { put, found: whole, partly }] of found) {
    const rate = ((100 * whole) / put).toFixed(1);
    console.log(`| ${form} | ${kind} | ${put} | ${whole} (${rate} %) | ${partly} | ${put - whole - partly} |`);
  }
}
