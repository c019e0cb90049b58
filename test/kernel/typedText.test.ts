import { describe, expect, it } from '@jest/globals';
import { findPersonal } from '../../src/kernel/redaction.ts';
import { cleanText, countCharacters, typedText } from '../../src/kernel/text.ts';
import { readRecord } from '../../src/interview/record/readText.ts';
import { lookalikeOf } from '../../src/moderation/lookalikes.ts';
import { createWordMatcher } from '../../src/moderation/wordMatcher.ts';
import { plainHeading } from '../../src/platform/documents/table.ts';
import { foldText } from '../../src/text/fold.ts';
import { resemblance, termsOf, wordsOf } from '../../src/text/terms.ts';
import { readSheet } from '../../src/transfer/sheet.ts';

const length = 200_000;
const fill = (piece: string) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const nasty: Record<string, string> = {
  blanks: fill(' '),
  'blanks before a word': `${fill(' ')}x`,
  'blanks in lines that do not end': fill(`${' '.repeat(999)}x`),
  'wide blanks': `${fill('\u3000')}x`,
  'blanks and wide blanks': fill(' \u3000'),
  lines: fill('\n'),
  'lines of a blank': fill(' \n'),
  returns: fill('\r'),
  tabs: `${fill('\t')}x`,
  'one letter': fill('a'),
  'one digit': fill('1'),
  'digits and blanks': fill('1 '),
  'digits and dashes': fill('1-'),
  'groups of digits': fill('0571-8888 '),
  'telephone numbers': fill('13812345678'),
  'letters and stops': fill('a.'),
  'letters and at': fill('a@'),
  ats: fill('@'),
  plates: fill('京A'),
  'family names': fill('张王李'),
  'names with dots': fill('古丽·'),
  addresses: fill('市区路1号'),
  'one character': fill('的'),
  'marks in the wrong order': `a${fill('\u0301\u0316')}`,
  'marks with joiners': fill(`${'\u0301'.repeat(8)}\u200d`),
  'marks on many characters': fill(`管${'\u0316\u0301'.repeat(4)}`),
  joiners: fill('\u200d'),
  families: fill('👨‍👩‍👧‍👦'),
  flags: fill('🇨'),
  'characters that become eighteen': fill('\ufdfa'),
  'half characters': fill('\ud842'),
  'rare characters': fill('𠮷'),
  'Korean parts': fill('\u1100'),
  quotes: fill('"'),
  'quotes after commas': fill(',"'),
  commas: fill(','),
  'bracket and blanks': `【${fill(' ')}：`,
  brackets: fill('（'),
  colons: fill('：'),
  'lines with brackets and blanks': fill(`【${' '.repeat(60)}\n`),
  fillers: fill('\u3164'),
};

const matcher = createWordMatcher(['aaaaaaaaaab', '的的的的的人', '11111111112']);
const typed = typedText({ min: 1, max: 50_000 });
const speakers = [{ id: 'one', name: '张建国', title: '局长' }] as never;

/** Whatever is done with a text that somebody typed or sent. */
const functions: Record<string, (text: string) => unknown> = {
  cleanText,
  countCharacters,
  typedText: (text) => typed.safeParse(text),
  foldText,
  termsOf,
  wordsOf,
  resemblance: (text) => resemblance(text, text),
  matchWords: matcher,
  lookalikes: (text) => [...text].map(lookalikeOf),
  findPersonal: (text) => findPersonal(text),
  readSheet: (text) => readSheet(text, ['name'], 'name'),
  plainHeading,
  readRecord: (text) => readRecord(text, speakers),
};

/** Those that make a row or a find of each character get a part of each text, and the same part of the time. */
const parts: Record<string, number> = { readSheet: 8, findPersonal: 2 };

/** Milliseconds of this process that `work` takes. */
async function cost(work: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** What may be done with each character once: far more than any function needs, far less than each with each other. */
const perCharacter = (text: string) => {
  let sum = 0;
  for (let times = 0; times < 4; times += 1) {
    for (const character of text) sum += character.normalize('NFKC').toLowerCase().codePointAt(0) ?? 0;
  }
  return sum;
};

describe('the time that is needed grows with the length alone', () => {
  const baseline = Promise.all(Object.values(nasty).map((text) => cost(() => perCharacter(text))));

  it.each(Object.entries(functions))('for %s', async (name, work) => {
    const part = parts[name] ?? 1;
    const most = (15 * Math.max(...(await baseline)) + 500) / part;
    for (const [kind, text] of Object.entries(nasty)) {
      const given = part === 1 ? text : text.slice(0, length / part);
      const needed = await cost(() => work(given));
      expect({ kind, needed, slow: needed > most }).toMatchObject({ kind, slow: false });
    }
  });
});

describe('a typed text', () => {
  const line = typedText({ min: 1, max: 16, line: true });

  it.each([
    ['Korean fillers', '\u3164\u3164\u3164\u3164'],
    ['braille blanks', '\u2800\u2800'],
    ['leading consonant and vowel fillers', '\u115f\u1160'],
    ['half-width filler', '\uffa0'],
    ['joiners alone', '\u200d\u200c'],
    ['a variation selector alone', '\ufe0f'],
    ['a Mongolian separator', '\u180e'],
    ['Khmer vowels that are not seen', '\u17b4\u17b5'],
    ['tag characters', '\u{e0041}\u{e0042}'],
    ['a mark on nothing', '\u0301'],
    ['blanks and fillers', ' \u3164\u3000\u200b'],
  ])('of %s is empty', (_, text) => {
    expect(cleanText(text)).toBe('');
    expect(line.safeParse(text).error?.issues[0]?.message).toContain('errors.required');
  });

  it.each([
    ['Vietnamese', 'Nguyễn Thị Kiều'],
    ['Tibetan', 'བོད་སྐད་རྒྱུད་'],
    ['Arabic with its vowels', 'ٱلسَّلَامُ عَلَيْكُمْ'],
    ['Uyghur', 'ئۇيغۇرچە'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['two who kiss', '👩🏽‍❤️‍💋‍👨🏽'],
    ['the flag of Wales', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['rare characters', '𠮷𬱖'],
  ])('in %s stays whole', (_, text) => {
    expect(cleanText(text)).toBe(text.normalize('NFC'));
    expect(line.safeParse(text).success).toBe(true);
  });

  it('has few marks on a character, and counts what is piled up', () => {
    expect(cleanText(`管${'\u0301'.repeat(180)}理`)).toBe(`管${'\u0301'.repeat(8)}理`);
    expect(countCharacters(`管${`${'\u0301'.repeat(8)}\u200d`.repeat(20)}`)).toBeGreaterThan(10);
  });

  it('keeps its lines, without blanks at their ends', () => {
    expect(cleanText('一 \u3000\n  二\t\r\n\r\n\r\n\r\n三\u00a0')).toBe('一\n  二\n\n三');
  });

  it('that is far too long is refused before it is looked at', () => {
    expect(line.safeParse('a'.repeat(300)).error?.issues[0]?.message).toContain('errors.text-too-long');
    expect(line.safeParse('a'.repeat(300)).error?.issues).toHaveLength(1);
  });
});
