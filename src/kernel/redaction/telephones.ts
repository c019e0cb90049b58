import type { Finding } from '../redaction.ts';
import { digits, findAll, gap, groupsOf, otherNumber } from './spans.ts';

const abroad = '(?:\\+|00)86';
const area = '(?:10|2\\d|[3-9]\\d{2})';
const local = `[2-8]\\d{2,3}[ -]?\\d{4}`;
const extension = '(?:[ ,(-]{0,2}(?:转|分机|EXT\\.?|#|-)(?:分机)?[号: ]{0,2}\\d{1,6}\\)?)?';

const mobile = new RegExp(`(?<![\\d.])(?:(?:\\+|00)?86${gap}|0)?1${gap}[3-9]${digits('9')}(?!\\d)`, 'dg');
const landline = new RegExp(
  `(?<!\\d)(?:\\(?0${area}|${abroad}[ )-]{0,2}\\(?0?${area})\\)?[ -]{0,3}${local}${extension}(?![\\dA-Z])`,
  'dg',
);
const named = new RegExp(
  `(?:电话|座机|固话|TEL|联系方式|传真|拨打|致电|手机|小灵通)(?:号码?)?[是为:.\\s(]{0,3}(${local}${extension})(?![\\d年.])`,
  'dg',
);
const alone = /(?<=\()[2-8]\d{7}(?=\))|(?<![\d-])[3-8]\d{3}[ -]\d{4}(?![\d年.米元-])/dg;

/** Telephone numbers 电话 in folded text: mobile ones, and fixed ones with an area code or a word before them. */
export function findTelephones(text: string): Finding[] {
  return [
    ...findAll(text, mobile, 'telephone', judgeMobile),
    ...findAll(text, landline, 'telephone', judgeLandline),
    ...findAll(text, named, 'telephone', judgeNamed),
    ...findAll(text, alone, 'telephone', judgeAlone),
  ];
}

/** Digits in one piece or in groups people use; other spacing looks like a row of figures. */
function judgeMobile(found: string, before: string): number {
  if (otherNumber.test(before)) return 0;
  const number = found.replace(/^(?:(?:\+|00)?86[^\d]*|0)(?=1)/, '');
  if (/^\d{11}$/.test(number)) return 0.95;
  const groups = groupsOf(number);
  const usual = /^(?:3,4,4|4,3,4|3,8|4,4,3|3,3,5|3,5,3|5,6|7,4|3,2,2,2,2|3,2,3,3|3,3,3,2|1(?:,1){10})$/;
  return usual.test(groups) ? 0.85 : 0;
}

/** What an office writes before a number of its own. */
const office = /咨询|监督|服务|办公|值班|热线|投诉电话|举报电话|我[局委办]|窗口|大厅/;
/** How sure a number of an office is: it stays a proposal, but a weak one. */
const officeNumber = 0.6;

function judgeLandline(_found: string, before: string): number {
  if (otherNumber.test(before)) return 0;
  return office.test(before) ? officeNumber : 0.9;
}

const judgeNamed = (_found: string, before: string): number => (office.test(before) ? officeNumber : 0.85);

/** Seven or eight digits that nothing introduces, unless they are a day (20180319) or have another name. */
function judgeAlone(found: string, before: string): number {
  const day = /^2[01]\d{2}(?:0[1-9]|1[0-2])[0-3]\d$/.test(found);
  return day || otherNumber.test(before) || /00[ -]\d{2}00$/.test(found) || /[号第共为]\(?$/.test(before) ? 0 : 0.55;
}
