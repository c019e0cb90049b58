import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import { canSendTexts } from './gateways/sendMessage.ts';
import { extents, type Preference, ways } from './preference.ts';

/** What the partial `notification/preference` prints: two questions, the second only where text messages can be sent. */
export function preferenceView(preference: Preference, language: Language) {
  const option = (group: string) => (value: string) => ({
    value,
    label: translate(language, `notification.preference.${group}.${value}`),
  });
  return {
    values: preference,
    extents: extents.map(option('extents')),
    ways: canSendTexts() ? ways.map(option('ways')) : null,
  };
}
