import type { Language } from '../../kernel/language.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import type { Letter } from '../record.ts';
import { subjectWord } from '../subjects.ts';
import type { TrailEntry } from '../trailRecord.ts';
import { sayIn, kindWord, satisfactionWord, type Say } from './words.ts';
import { nameInLanguage } from '../../organization/index.ts';

/** One line of the component `trail`. */
export interface TrailLine {
  text: string;
  at: Date;
  who: string;
  note: string;
}

const momentPattern = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The trail 流转记录 in sentences for officials, newest first. */
export function trailLines(letter: Pick<Letter, 'trail'>, language: Language): TrailLine[] {
  const say = sayIn(language);
  return letter.trail.toReversed().map((entry) => ({
    text: sentence(entry, language, say),
    at: entry.at,
    who: whoWords(entry, say),
    note: entry.note ?? '',
  }));
}

const whoWords = ({ by }: TrailEntry, say: Say): string => by.name || say(`doers.${by.kind}`);

function sentence({ verb, data = {} }: TrailEntry, language: Language, say: Say): string {
  const parts = Object.entries(data).flatMap(([name, value]) => {
    const words = valueWords(name, value, language, say);
    return words === '' ? [] : [words];
  });
  const what = say(`trail.${verb}`);
  return parts.length === 0 ? what : say('trail-with', { what, more: parts.join(say('trail-comma')) });
}

/** Names of departments with a sign between them. */
const namesIn = (text: string, language: Language): string =>
  text
    .split('、')
    .map((name) => nameInLanguage(name, language))
    .join(language === 'en' ? ', ' : '、');

/** What one value of an entry says; empty when it says nothing. */
function valueWords(name: string, value: string | number | null, language: Language, say: Say): string {
  if (value === null || value === '') return '';
  const text = String(value);
  switch (name) {
    case 'kind':
      return kindWord(text, language);
    case 'satisfaction':
      return satisfactionWord(text, language);
    case 'dueAt':
      return momentPattern.test(text)
        ? say('trail-data.due', { until: writeDate(new Date(text), 'exact', language) })
        : '';
    case 'urgency':
      return text === 'normal' ? '' : say(`urgencies.${text}`);
    case 'procedure':
      return text === 'ordinary' ? '' : say(`procedures.${text}`);
    case 'colour':
      return say(`cards.${text}`);
    case 'decision':
      return say(`decisions.${text}`);
    case 'solved':
      return say(`trail-data.solved-${text}`);
    case 'visibility':
      return say(`visibilities.${text}`);
    case 'amount':
    case 'masked':
      return say(`trail-data.${name}`, { count: Number(value) });
    case 'subject':
      return subjectWord(text, language);
    case 'department':
      return nameInLanguage(text, language);
    case 'from':
    case 'assisting':
      return say(`trail-data.${name}`, { value: namesIn(text, language) });
    case 'original':
    case 'topic':
    case 'sample':
      return say(`trail-data.${name}`, { value: text });
    case 'run':
      return '';
    case 'fileId':
      return '';
    default:
      return text;
  }
}
