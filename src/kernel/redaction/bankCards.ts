import type { Finding } from '../redaction.ts';
import { digits, findAll, groupsOf, otherNumber } from './spans.ts';

const card = new RegExp(`(?<![\\d.])[3-69]${digits('15,18')}(?!\\d)`, 'dg');
const word = /(?:卡号|账号|帐号|银行|账户|帐户|卡)[是为:\s]{0,3}[^\d]{0,4}$/;

/** Bank card numbers 银行卡号 in folded text: 16 to 19 digits. */
export function findBankCards(text: string): Finding[] {
  return findAll(text, card, 'bank-card', (found, before) => {
    const groups = groupsOf(found);
    if (!/^(?:\d\d|4,4,4,4(?:,[1-3])?|6,1[0-3]|8,8|1(?:,1){15,18})$/.test(groups)) return 0;
    const sound = isLuhn(found.replace(/\D/g, ''));
    if (word.test(before)) return sound ? 0.97 : 0.7;
    if (!sound || otherNumber.test(before)) return 0;
    return /^(?:4|5[1-5]|6|3[5-7]|9[58])/.test(found) ? 0.92 : 0;
  });
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
