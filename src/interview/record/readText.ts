import { foldText } from '../../text/index.ts';
import type { Speaker } from '../speakers.ts';

/** A passage of an imported text: who says it as it stands there, and what. */
export interface Passage {
  /** The words before the colon; empty where none stand. */
  label: string;
  speakerId: string | null;
  text: string;
  /** Line of the text on which it begins, from 1. */
  line: number;
}

/** As far into a line as the words before a colon may reach, with blanks and brackets. */
const labelReach = 60;
const longestLabel = 40;
/** Longer words before a colon, or ones with a stop in them, are part of a sentence. */
const noSpeaker = /[。！？，；!?,;“”"']/u;
/** A time, or an address of the web, is no speaker. */
const noLabel = /^(\d{1,2}|https?|ftp|.*\d)$/iu;

/**
 * Reads a text as a record: “主持人：…”, “张局长：…”, “【林建平】：…” begin a turn, lines without a speaker belong to the
 * one before. `chosen` says who stands behind words that were not recognised; empty leaves their passages out.
 */
export function readRecord(
  text: string,
  speakers: readonly Speaker[],
  chosen: ReadonlyMap<string, string> = new Map(),
): Passage[] {
  const passages: Passage[] = [];
  const open = (passage: Passage) => passages.push(passage);
  text.split('\n').forEach((row, index) => {
    const line = row.trim();
    const last = passages.at(-1);
    const found = labelOf(line);
    if (found) {
      const { label } = found;
      const speakerId = chosen.get(label) ?? speakerOf(label, speakers);
      // A colon inside somebody's sentence: the words are nobody's name
      if (speakerId === null && label.length > 14 && last) return void (last.text += `\n${line}`);
      open({ label, speakerId, text: found.text, line: index + 1 });
    } else if (last) last.text += `\n${line}`;
    else if (line !== '') open({ label: '', speakerId: null, text: line, line: index + 1 });
  });
  return passages.map((one) => ({ ...one, text: one.text.trim() })).filter(({ text: words }) => words !== '');
}

/** Parts a line at its first colon into who speaks and what; null when nobody stands before it. */
function labelOf(line: string): { label: string; text: string } | null {
  const end = line.slice(0, labelReach).search(/[：:]/u);
  if (end < 0) return null;
  const label = line
    .slice(0, end)
    .trim()
    .replace(/^[【[（(「]([^】\]）)」]*)[】\]）)」]/u, '$1 ') // 【记者 王某】提问
    .replace(/^[【[（(「]/u, '')
    .replace(/^([^【[（(「]*)[】\]）)」]$/u, '$1')
    .trim();
  if (label === '' || label.length > longestLabel || noSpeaker.test(label) || noLabel.test(label)) return null;
  return { label, text: line.slice(end + 1).trim() };
}

const hostWords = ['主持人', '主持', 'host', 'moderator', 'presenter'];
const fold = (text: string) => foldText(text).replace(/[\s（()）·・,、]/gu, '');

/** Who is meant by the words before a colon; null when nobody, or when more than one could be. */
export function speakerOf(label: string, speakers: readonly Speaker[]): string | null {
  const words = fold(label.replace(/^(嘉宾|答|guest)\s*/iu, ''));
  const meant = speakers.filter((speaker) => isMeant(words, speaker));
  return meant.length === 1 ? (meant[0]?.id ?? null) : null;
}

function isMeant(words: string, speaker: Speaker): boolean {
  const [name, title] = [fold(speaker.name), fold(speaker.title)];
  if (
    speaker.id === 'host' &&
    hostWords.some((word) => words === word || words === word + name || words === name + word)
  )
    return true;
  if (name === '') return false;
  if (words === name || words === name + title || words === title + name) return true;
  return words.startsWith(name) || words.endsWith(name)
    ? title.includes(words.replace(name, ''))
    : isSurnameWithPost(words, name, title);
}

/** 张局长 is 张建国, 副局长: the family name, and a word with which the title ends, 副 left out as people do. */
function isSurnameWithPost(words: string, name: string, title: string): boolean {
  return [2, 1].some((length) => {
    const surname = name.slice(0, length);
    const post = words.slice(length);
    return (
      words.startsWith(surname) && post.length >= 2 && name.length > length && title.endsWith(post.replace(/^副/u, ''))
    );
  });
}
