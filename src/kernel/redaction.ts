import { findAccounts } from './redaction/accounts.ts';
import { findAddresses } from './redaction/addresses.ts';
import { findBankCards } from './redaction/bankCards.ts';
import { findEmails } from './redaction/emails.ts';
import { fold, inDigits } from './redaction/fold.ts';
import { findIdentityCards } from './redaction/identityCards.ts';
import { findNames } from './redaction/names.ts';
import { findPlates } from './redaction/plates.ts';
import { findTelephones } from './redaction/telephones.ts';

export const personalKinds = [
  'telephone', // 电话, 手机
  'identity-card', // 身份证号
  'bank-card', // 银行卡号
  'plate', // 车牌
  'email', // 邮箱
  'account', // QQ, 微信
  'address', // 住址
  'name', // 姓名
] as const;
export type PersonalKind = (typeof personalKinds)[number];

export interface Finding {
  /** Places in UTF-16 units, end not included. */
  start: number;
  end: number;
  kind: PersonalKind;
  /** 0 to 1: how sure the finder is. */
  confidence: number;
}

const wordFinders = [findEmails, findAddresses, findNames];
/** These look a second time, with Chinese figures read as digits. */
const numberFinders = [findTelephones, findIdentityCards, findBankCards, findAccounts, findPlates];

/**
 * Proposes what to mask 脱敏 before a text becomes public; a person decides span by span. Sees through full width,
 * Chinese figures, blanks and dashes inside numbers. Spans do not overlap and come in the order of the text.
 */
export function findPersonal(text: string, minimum = 0.5): Finding[] {
  const { text: folded, origin } = fold(text);
  const digits = inDigits(folded);
  const found = [
    ...wordFinders.flatMap((find) => find(folded)),
    ...numberFinders.flatMap((find) => (digits === folded ? find(folded) : [...find(folded), ...find(digits)])),
  ];
  const spans = found
    .filter((finding) => finding.confidence >= minimum)
    .map((finding) => ({ ...finding, start: origin[finding.start] ?? 0, end: endOf(finding.end, origin) }))
    .sort((one, other) => other.confidence - one.confidence || other.end - other.start - (one.end - one.start));
  const kept: Finding[] = [];
  for (const span of spans) if (!kept.some((one) => one.start < span.end && span.start < one.end)) kept.push(span);
  return kept.sort((one, other) => one.start - other.start);
}

/** Behind the original character that gave the last folded one. */
function endOf(end: number, origin: readonly number[]): number {
  const last = origin[end - 1] ?? 0;
  let next = end;
  while (origin[next] === last) next += 1;
  return origin[next] ?? last + 1;
}

/**
 * Gives the public version: names keep their first character (王某某), everything else becomes asterisks whose
 * number tells nothing. Spans may come in any order and overlap.
 */
export function mask(text: string, spans: readonly Pick<Finding, 'start' | 'end' | 'kind'>[]): string {
  let masked = '';
  let place = 0;
  for (const { start, end, kind } of [...spans].sort((one, other) => one.start - other.start)) {
    if (end <= place) continue;
    const from = Math.max(start, place);
    masked += text.slice(place, from) + (kind === 'name' && from === start ? maskName(text.slice(from, end)) : '****');
    place = Math.min(end, text.length);
  }
  return masked + text.slice(place);
}

function maskName(name: string): string {
  const [first = '', ...rest] = [...name.replace(/\s/g, '')];
  return first + '某'.repeat(Math.max(1, rest.length));
}
