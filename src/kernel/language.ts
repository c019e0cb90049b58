/** The languages of every page, mail and message. Chinese comes first. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'zh-CN';

/** Takes anything; gives it back when it is a language we speak, otherwise undefined. */
export function asLanguage(value: unknown): Language | undefined {
  return languages.find((language) => language === value);
}
