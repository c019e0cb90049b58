import type { Language } from '../kernel/language.ts';
import { hasText, translate } from './language.ts';

/** `interview.question-length-max` stands in the words of its area: `interview.settings.question-length-max`. */
export function wordKey(key: string): string {
  const dot = key.indexOf('.');
  return `${key.slice(0, dot)}.settings.${key.slice(dot + 1)}`;
}

/** Every rate limit is two settings with the same words: `web.limit-<name>-person` and `-address`. */
function limitWords(key: string, language: Language): { key: string; params: Record<string, string> } | undefined {
  const [, name, scope] = /^web\.limit-(.+)-(person|address)$/.exec(key) ?? [];
  if (!name || !scope) return undefined;
  const what = hasText(language, `web.limits.${name}`) ? translate(language, `web.limits.${name}`) : name;
  return { key: `web.settings.limit-${scope}`, params: { what } };
}

/** Name and explanation of the setting with a key; the bare key where nobody gave one. */
export function wordsOfSetting(settingKey: string, language: Language): { name: string; explanation: string } {
  const { key, params } = limitWords(settingKey, language) ?? { key: wordKey(settingKey), params: {} };
  return {
    name: hasText(language, `${key}.name`) ? translate(language, `${key}.name`, params) : settingKey,
    explanation: hasText(language, `${key}.explanation`) ? translate(language, `${key}.explanation`) : '',
  };
}
