import type { Language } from '../kernel/language.ts';
import { departmentName, listDepartments, nameInLanguage } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { excerpt, fits, markWords } from '../text/index.ts';
import { letterKinds } from './letter.ts';
import { publicLetters, similarPublic, type PublicLetter } from './publicQueries.ts';
import { publicTopics, type PublicTopic } from './publicTopics.ts';
import { subjectOptions, subjectWord } from './subjects.ts';
import { stateTones } from './trackView.ts';

/** One line of a list of public letters. */
export function publicRow(
  letter: PublicLetter & { alike?: number },
  language: Language,
  words: readonly string[] = [],
) {
  const { number, title, department, state, submittedAt, repliedAt, reply, body } = letter;
  // In a search the line shows where the words stand: in the answer, or else in the letter
  const shown = reply && (words.length === 0 || !fits(words, [body]) || fits(words, [reply])) ? reply : body;
  return {
    href: `/letters/${number}`,
    number,
    title,
    department: nameInLanguage(department, language),
    kind: translate(language, `mailbox.kinds.${letter.kind}`),
    state: translate(language, `mailbox.states.${state}`),
    tone: stateTones[state],
    submittedAt,
    repliedAt,
    titlePieces: markWords(title, words),
    pieces: markWords(excerpt(shown, words, shown === reply ? 120 : 90), words),
    reply: excerpt(reply, [], 120),
    alike: letter.alike ?? 0,
  };
}

/** The newest public answers, for the front page. */
export async function newestAnswers(language: Language, limit: number) {
  const { letters } = await publicLetters({});
  const answered = letters.filter(({ reply }) => reply !== '').slice(0, limit);
  return answered.map((letter) => publicRow(letter, language));
}

const topicRow = ({ id, title, letters, answered }: PublicTopic) => ({
  href: `/letters?topic=${id}#letters`,
  title,
  letters,
  answered,
});

/** The page /letters: a search, filters, and the newest public letters. */
export async function lettersPage(language: Language, query: unknown) {
  const { filter, letters, next, total, complete, found } = await publicLetters(query);
  const departments = await listDepartments();
  const topics = await publicTopics();
  const chosen = new URLSearchParams();
  for (const name of ['search', 'department', 'kind', 'subject', 'topic'] as const)
    if (filter[name]) chosen.set(name, filter[name]);
  if (next) chosen.set('before', String(next));
  return {
    filter,
    topic: topics.find(({ id }) => id === filter.topic) ?? null,
    topics: topics.slice(0, 8).map(topicRow),
    narrowed: Boolean(filter.department || filter.kind || filter.subject),
    filtered: Boolean(filter.department || filter.kind || filter.subject || filter.topic || filter.search),
    letters: letters.map((letter) => publicRow(letter, language, found?.words)),
    total,
    found,
    noneText: translate(language, found?.short ? 'mailbox.list.none-found-short' : 'mailbox.list.none-found-text'),
    next: next ? `/letters?${chosen.toString()}#letters` : null,
    complete,
    kinds: letterKinds.map((value) => ({ value, label: translate(language, `mailbox.kinds.${value}`) })),
    subjects: subjectOptions(language),
    departments: departments
      .filter(({ parentId, depth }) => parentId !== null && depth <= 2)
      .map((one) => ({ value: one.id, label: departmentName(one, language) })),
  };
}

/** What the writer said of the answer: both things, for one may be content and not helped. */
function ratingWords({ satisfaction, solved }: PublicLetter, language: Language): string {
  if (!satisfaction) return '';
  const said = translate(language, `mailbox.satisfaction.${satisfaction}`);
  const outcome = solved === null ? '' : translate(language, `mailbox.solved.${solved ? 'yes' : 'no'}`);
  return [said, outcome].filter(Boolean).join(language === 'en' ? ', ' : '，');
}

/** The page of one public letter, with related ones. */
export async function publicPage(language: Language, letter: PublicLetter) {
  const related = await similarPublic(`${letter.title}\n${letter.body}`, 4, letter.number);
  const topic = letter.topicId ? (await publicTopics()).find(({ id }) => id === letter.topicId) : undefined;
  return {
    topic: topic ? topicRow(topic) : null,
    letter: {
      ...letter,
      department: nameInLanguage(letter.department, language),
      tone: stateTones[letter.state],
      stateWords: translate(language, `mailbox.states.${letter.state}`),
      subjectWords: subjectWord(letter.subject, language),
      kindWords: translate(language, `mailbox.kinds.${letter.kind}`),
      satisfactionWords: ratingWords(letter, language),
    },
    related: related.map((one) => publicRow(one, language)),
  };
}
