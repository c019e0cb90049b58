import type { Finding } from '../redaction.ts';

const gap = '[ .·-]{0,2}';
const digits = (count: string): string => `(?:${gap}\\d){${count}}`;
const area = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])';

const patterns = {
  identity18: new RegExp(`(?<!\\d)${area}${digits('15')}${gap}(?:\\d(?!\\d)|X)`, 'g'),
  identity15: new RegExp(`(?<!\\d)${area}\\d{13}(?!\\d)`, 'g'),
  bank: new RegExp(`(?<!\\d)[3-69]${digits('15,18')}(?!\\d)`, 'g'),
  mobile: new RegExp(`(?<!\\d)(?:(?:\\+|00)86${gap})?1${gap}[3-9]${digits('9')}(?!\\d)`, 'g'),
  landline: /(?<!\d)\(?0\d{2,3}\)?[ -]{0,3}\d{7,8}(?:[ -]{0,2}(?:转|EXT\.?|-)[ ]?\d{1,6})?(?![\dA-Z])/g,
  local: /(?:电话|座机|固话|TEL|联系方式|传真)[是为:.\s]{0,3}([2-9]\d{2,3}[ -]?\d{4})(?![\d年.])/g,
  messenger: /(?:QQ|微信|VX|WECHAT)(?:号码?)?[是为:\s]{0,3}([A-Z][A-Z0-9_-]{5,19}|\d{5,11})(?![A-Z\d])/g,
  email: /[A-Z0-9][A-Z0-9._%+-]*\s?@\s?[A-Z0-9-]+(?:\.[A-Z0-9-]+)*\.[A-Z]{2,10}/g,
};

/** A number of another kind stands behind these words: orders, files, invoices, invitations to tender. */
const otherNumber =
  /(?:订单|单号|编号|流水|受理|工单|案号|文号|合同|发票|快递|运单|信用代码|备案|许可证)[号码]{0,2}[是为:\s]{0,3}$/;

/** Finds numbers of people in folded text: telephones, identity and bank cards, accounts, e-mail. */
export function findNumbers(text: string): Finding[] {
  return [
    ...all(text, patterns.identity18, 'identity-card', identity18),
    ...all(text, patterns.identity15, 'identity-card', identity15),
    ...all(text, patterns.bank, 'bank-card', bankCard),
    ...all(text, patterns.mobile, 'telephone', mobile),
    ...all(text, patterns.landline, 'telephone', landline),
    ...all(text, patterns.local, 'telephone', () => 0.85),
    ...all(text, patterns.messenger, 'account', () => 0.8),
    ...all(text, patterns.email, 'email', () => 0.97),
  ];
}

/** Offices publish their own numbers; these stay proposals, but weaker ones. */
function landline(_found: string, before: string): number {
  if (otherNumber.test(before)) return 0;
  return /咨询|监督|服务|办公|值班|热线|投诉电话|举报电话|我[局委办]/.test(before) ? 0.6 : 0.9;
}

type Judge = (found: string, before: string) => number;

function all(text: string, pattern: RegExp, kind: Finding['kind'], judge: Judge): Finding[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const found = match[1] ?? match[0];
    const start = match.index + match[0].lastIndexOf(found);
    const confidence = judge(found, text.slice(Math.max(0, start - 12), start));
    return confidence > 0 ? [{ start, end: start + found.length, kind, confidence }] : [];
  });
}

const bare = (found: string): string => found.replace(/[^\dX]/g, '');

/** GB 11643: 17 digits weighted, modulo 11; a wrong last digit of an otherwise sound number is still proposed. */
function identity18(found: string): number {
  const number = bare(found);
  if (!isDate(number.slice(6, 14))) return 0;
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += Number(number[index]) * (2 ** (17 - index) % 11);
  return '10X98765432'[sum % 11] === number[17] ? 0.99 : /[ .·-]/.test(found) ? 0 : 0.7;
}

/** The old form: six digits of place, YYMMDD of the twentieth century, three of order. */
function identity15(found: string, before: string): number {
  if (!isDate(`19${found.slice(6, 12)}`) || otherNumber.test(before)) return 0;
  return /身份证/.test(before) ? 0.95 : 0.7;
}

function isDate(text: string): boolean {
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const time = Date.parse(iso);
  return iso >= '1900' && iso < '2100' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}

function bankCard(found: string, before: string): number {
  const named = /(?:卡号|账号|帐号|银行|账户|帐户|卡)[是为:\s]{0,3}[^\d]{0,4}$/.test(before);
  if (named) return isLuhn(bare(found)) ? 0.97 : 0.7;
  if (otherNumber.test(before) || !/^(?:4|5[1-5]|6|3[5-7]|9[58])/.test(bare(found))) return 0;
  return isLuhn(bare(found)) ? 0.85 : 0;
}

/** Luhn: from the right every second digit doubled, the sum of digits divisible by ten. */
function isLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, character] of [...number].reverse().entries()) {
    const doubled = Number(character) * (index % 2 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Digits in one piece or in groups people use; other spacing looks like a row of figures. */
function mobile(found: string, before: string): number {
  if (otherNumber.test(before)) return 0;
  const number = found.replace(/^(?:\+|00)86[ .·-]*/, '');
  if (/^\d{11}$/.test(number)) return 0.95;
  const groups = number.split(/[ .·-]+/).map((group) => group.length);
  const usual = ['3,4,4', '4,3,4', '3,8', '4,4,3', '3,3,5', '3,5,3', '5,6', '7,4'].includes(groups.join());
  return usual || groups.every((length) => length === 1) ? 0.85 : 0;
}
