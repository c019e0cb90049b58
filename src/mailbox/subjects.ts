import type { Language } from '../kernel/language.ts';
import { subjectClasses, subjectClassesEnglish } from './settings.ts';

/** A subject class 主题分类 with its name on English pages, empty when it has none. */
export interface SubjectClass {
  name: string;
  english: string;
}

const line = /^([^=＝]+)[=＝](.+)$/;
let read: { from: readonly string[]; names: Map<string, string> } = { from: [], names: new Map() };

/** The lines are read again only when somebody changed them. */
function englishNames(): Map<string, string> {
  const from = subjectClassesEnglish.value();
  if (read.from !== from) {
    const pairs = from.flatMap((text) => {
      const [, name, english] = line.exec(text) ?? [];
      return name && english ? [[name.trim(), english.trim()] as const] : [];
    });
    read = { from, names: new Map(pairs) };
  }
  return read.names;
}

/** What a class is called in a language: its own name where nobody gave an English one. */
export function subjectWord(subject: string, language: Language): string {
  return (language === 'en' && englishNames().get(subject)) || subject;
}

/** The classes as choices; the value is the name that letters carry. */
export function subjectOptions(language: Language): { value: string; label: string }[] {
  return subjectClasses.value().map((value) => ({ value, label: subjectWord(value, language) }));
}

/** All classes with both names. */
export function subjectList(): SubjectClass[] {
  return subjectClasses.value().map((name) => ({ name, english: englishNames().get(name) ?? '' }));
}

/** The lines that keep the English names of these classes. */
export const englishLines = (classes: readonly SubjectClass[]): string[] =>
  classes.filter(({ english }) => english !== '').map(({ name, english }) => `${name} = ${english}`);
