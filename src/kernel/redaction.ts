import { findAccounts } from './redaction/accounts.ts';
import { findAddresses } from './redaction/addresses.ts';
import { findBankCards } from './redaction/bankCards.ts';
import { findBirthDates, findDocuments } from './redaction/documents.ts';
import { findEmails } from './redaction/emails.ts';
import { findForeignNames } from './redaction/foreignNames.ts';
import { findIdentityCards } from './redaction/identityCards.ts';
import { look } from './redaction/look.ts';
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
  'document', // 护照、通行证、社保卡、不动产证
  'birth-date', // 出生日期
  'address', // 住址
  'name', // 姓名
  'other', // 由人选出
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

const finders = {
  words: [findEmails, findAddresses, findNames, findForeignNames, findDocuments, findBirthDates],
  numbers: [findTelephones, findIdentityCards, findBankCards, findAccounts, findPlates],
};

/**
 * Proposes what to mask 脱敏 before a text becomes public; a person decides span by span. Sees through full width,
 * Chinese figures, blanks and dashes inside numbers. Spans do not overlap and come in the order of the text.
 */
export const findPersonal = (text: string, minimum = 0.5): Finding[] => look(text, finders, minimum);

export { withoutOverlap } from './redaction/look.ts';
export { mask } from './redaction/mask.ts';
