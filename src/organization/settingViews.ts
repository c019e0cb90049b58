import type { Language } from '../kernel/language.ts';
import { hasText, translate } from '../platform/language.ts';
import { foldText } from '../text/index.ts';
import type { Setting, SettingValue } from '../platform/settings.ts';
import { wordKey, wordsOfSetting } from '../platform/settingWords.ts';

/** The area a setting belongs to. */
export const areaOf = (key: string): string => key.slice(0, key.indexOf('.'));

/** Name of an area; the bare word where nobody gave one. */
export function areaWords(area: string, language: Language): string {
  const key = `organization.areas.${area}`;
  return hasText(language, key) ? translate(language, key) : area;
}

/** Name and explanation of a setting. */
export const settingWords = ({ key }: Setting, language: Language) => wordsOfSetting(key, language);

/** True when the words stand in the name, the explanation or the key of the setting, in any width and script. */
export function isAbout(setting: Setting, search: string, language: Language): boolean {
  const { name, explanation } = settingWords(setting, language);
  return foldText(`${name} ${explanation} ${setting.key}`).includes(foldText(search));
}

/** A number with its unit; `per-900-seconds` is said in minutes. */
function numberWords(value: number, unit: string | undefined, language: Language): string {
  const number = new Intl.NumberFormat(language).format(value);
  const [, window] = /^per-(\d+)-seconds$/.exec(unit ?? '') ?? [];
  if (window) {
    const seconds = Number(window);
    if (seconds === 3600) return translate(language, 'settings.units.per-hour', { number });
    return seconds % 60 === 0
      ? translate(language, 'settings.units.per-minutes', { number, window: seconds / 60 })
      : translate(language, 'settings.units.per-seconds', { number, window: seconds });
  }
  const key = `settings.units.${unit ?? ''}`;
  return unit && hasText(language, key) ? translate(language, key, { number }) : number;
}

/** A value as people read it, with its unit. */
export function valueWords(
  setting: Setting,
  value: SettingValue | null,
  language: Language,
  nameOf: (departmentId: string) => string = (id) => id,
): string {
  if (value === null) return translate(language, 'organization.setting.to-default');
  if (typeof value === 'boolean')
    return translate(language, value ? 'organization.setting.on' : 'organization.setting.off');
  if (Array.isArray(value)) {
    return value.length === 0
      ? translate(language, 'organization.setting.empty')
      : value.map(setting.says === 'department' ? nameOf : String).join(language === 'en' ? ', ' : '、');
  }
  if (setting.type === 'choice') return translate(language, `${wordKey(setting.key)}.choices.${String(value)}`);
  if (typeof value === 'number') return numberWords(value, setting.unit, language);
  if (value !== '' && setting.says === 'department') return nameOf(String(value));
  return String(value) || translate(language, 'organization.setting.empty');
}

/** One setting as the list shows it. */
export const settingRow = (setting: Setting, language: Language, nameOf?: (departmentId: string) => string) => ({
  key: setting.key,
  href: `/office/settings/${setting.key}`,
  ...settingWords(setting, language),
  value: valueWords(setting, setting.value(), language, nameOf),
  changed: JSON.stringify(setting.value()) !== JSON.stringify(setting.default),
});

/** Type and bounds in words. */
export function boundsWords(setting: Setting, language: Language): string {
  const { type, min, max } = setting;
  if (setting.says) return translate(language, `organization.setting.types.${setting.says}`);
  if (type !== 'integer') return translate(language, `organization.setting.types.${type}`, { max: max ?? 0 });
  const unit = setting.unit?.startsWith('per-') ? undefined : setting.unit;
  const [low, high] = [numberWords(min ?? 0, undefined, language), numberWords(max ?? 0, unit, language)];
  return translate(language, 'organization.setting.types.integer', { min: low, max: high });
}

/** The choices of a setting that is one of a few words. */
export const choiceOptions = (setting: Setting, language: Language) =>
  (setting.choices ?? []).map((value) => ({
    value,
    label: translate(language, `${wordKey(setting.key)}.choices.${value}`),
  }));

/** What changed each time, the newest first: the value before and the one after, a list one line each. */
export function historyRows(
  setting: Setting,
  history: readonly { value: SettingValue | null; by: string; at: Date }[],
  language: Language,
  nameOf: (departmentId: string) => string,
) {
  const say = (value: SettingValue | null): string =>
    Array.isArray(value) && value.length > 0
      ? value.map((line) => valueWords(setting, [line], language, nameOf)).join('\n')
      : valueWords(setting, value, language, nameOf);
  return history.map(({ value, by, at }, place) => {
    const before = history[place + 1]?.value ?? setting.default;
    const params = { before: say(before), after: say(value) };
    const long = Array.isArray(value) || Array.isArray(before);
    return {
      text: translate(language, long ? 'organization.setting.changed-list' : 'organization.setting.changed', params),
      note: long ? translate(language, 'organization.setting.changed-lines', params) : '',
      who: by,
      at,
    };
  });
}
