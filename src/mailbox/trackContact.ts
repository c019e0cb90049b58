import type { Language } from '../kernel/language.ts';
import {
  canSendTexts,
  defaultPreference,
  preferenceOf,
  preferenceView,
  wantsMail,
  wantsText,
} from '../notification/index.ts';
import { translate } from '../platform/language.ts';
import type { Letter } from './record.ts';
import { openIdentity, type WriterIdentity } from './writerModel.ts';

/** `wa***@example.com`, `138****5678`: enough to know which one it is. */
const shortened = (text: string, keptFirst: number, keptLast: number): string =>
  text === '' ? '' : `${text.slice(0, keptFirst)}****${keptLast ? text.slice(-keptLast) : ''}`;

function shortAddress(address: string): string {
  const [name = '', host] = address.split('@');
  return host ? `${shortened(name, 2, 0)}@${host}` : '';
}

/**
 * How news of the letter reaches its writer, in one sentence; also when none does. `texts`: the city can send text
 * messages.
 */
export function reachOf(writer: WriterIdentity | null, language: Language, texts: boolean) {
  const wish = writer?.preference ?? defaultPreference;
  const byMail = Boolean(writer?.email) && wantsMail(wish);
  const byText = Boolean(writer?.phone) && wantsText(wish) && texts;
  const way = wish.extent === 'none' ? 'nothing' : byMail ? 'mail' : byText ? 'text' : 'calls';
  return {
    reached: way === 'mail' || way === 'text',
    sentence: translate(language, `mailbox-track.reach.${way}`, {
      email: shortAddress(writer?.email ?? ''),
      phone: shortened(writer?.phone ?? '', 3, 4),
    }),
  };
}

/** How the writer of the letter is told, for the form in which they change it; the addresses with their middle hidden. */
export async function contactOf(letter: Letter, language: Language) {
  const writer = await openIdentity(letter._id);
  if (!writer) return null;
  const account = letter.writerId ? await preferenceOf(letter.writerId) : defaultPreference;
  const preference = writer.preference ?? account;
  return {
    reach: reachOf({ ...writer, preference }, language, canSendTexts()),
    preference: preferenceView(preference, language),
  };
}
