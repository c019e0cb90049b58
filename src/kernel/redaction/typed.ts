import type { Finding } from '../redaction.ts';
import { findBankCards } from './bankCards.ts';
import { findIdentityCards } from './identityCards.ts';
import { look } from './look.ts';
import { findTelephones } from './telephones.ts';

/** A telephone number less sure than this is one of an office, or a row of figures. */
const sureTelephone = 0.8;
/** Identity and bank card numbers this sure have a sound check digit, or a word before them that says what they are. */
const sureCard = 0.9;

export interface TypedNumber extends Finding {
  kind: 'identity-card' | 'bank-card' | 'telephone';
}

/**
 * Numbers a person should not leave in a text that others may read, found while it is typed and again when it is
 * sent: cards that can be abused, and telephone numbers. Small enough for the browser.
 */
export function typedNumbers(text: string): TypedNumber[] {
  const found = look(text, { words: [], numbers: [findTelephones, findIdentityCards, findBankCards] }, sureTelephone);
  return found.filter((one): one is TypedNumber => one.kind === 'telephone' || one.confidence >= sureCard);
}

/** The first identity or bank card number, which stops a text. */
export const typedCard = (found: readonly TypedNumber[]): TypedNumber | undefined =>
  found.find(({ kind }) => kind !== 'telephone');
