import type { Language } from '../kernel/language.ts';
import { defaultPreference, preferenceOf, preferenceView } from '../notification/index.ts';
import type { Letter } from './record.ts';
import { openIdentity } from './writerModel.ts';

/** `wa***@example.com`, `138****5678`: enough to know which one it is. */
const shortened = (text: string, keptFirst: number, keptLast: number): string =>
  text === '' ? '' : `${text.slice(0, keptFirst)}****${keptLast ? text.slice(-keptLast) : ''}`;

function shortAddress(address: string): string {
  const [name = '', host] = address.split('@');
  return host ? `${shortened(name, 2, 0)}@${host}` : '';
}

/** How the writer of the letter is told, for the form in which they change it; the addresses with their middle hidden. */
export async function contactOf(letter: Letter, language: Language) {
  const writer = await openIdentity(letter._id);
  if (!writer) return null;
  const account = letter.writerId ? await preferenceOf(letter.writerId) : defaultPreference;
  return {
    email: shortAddress(writer.email),
    phone: shortened(writer.phone, 3, 4),
    preference: preferenceView(writer.preference ?? account, language),
  };
}
