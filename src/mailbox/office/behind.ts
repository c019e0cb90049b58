import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { archiveRow, letterPath } from './rows.ts';
import { dueWords, kindWord, listMarks, sayIn, stateTone, stateWord } from './words.ts';
import { nameInLanguage } from '../../organization/index.ts';

const pageSize = 100;
const fields = { trail: 0, outbox: 0, pastClocks: 0, clocks: 0, body: 0, replies: 0, remarks: 0, inquiries: 0 };

/**
 * The letters behind a number 数字背后的信件: a page of the view `mailbox/staff/behind`, in the order given. Letters of
 * boxes that are not theirs are counted, not shown. `base` is the address that `page` is added to.
 */
export async function lettersBehind(actor: Actor, ids: readonly string[], base: string, page: number) {
  const { language } = actor;
  const say = sayIn(language);
  const first = (page - 1) * pageSize;
  const wanted = ids.slice(first, first + pageSize);
  const found = await LetterModel.find({ _id: { $in: wanted } }, fields).lean<Letter[]>();
  const byId = new Map(found.map((letter) => [letter._id, letter]));
  const seen = wanted.flatMap((id) => byId.get(id) ?? []).filter((letter) => canRead(actor, letter));
  const [at, calendar] = [now(), await workingCalendar()];
  const pageHref = (number: number) => `${base}&page=${number}`;
  return {
    count: ids.length,
    hidden: wanted.length - seen.length,
    previous: page > 1 ? pageHref(page - 1) : null,
    next: first + pageSize < ids.length ? pageHref(page + 1) : null,
    rows: seen.map((letter) => ({
      href: letterPath(letter.number),
      number: letter.number,
      title: letter.title,
      kind: kindWord(letter.kind, language),
      state: { tone: stateTone(letter.state), text: stateWord(letter.state, language) },
      marks: listMarks(letter.marks, say),
      department: nameInLanguage(letter.lead?.name ?? letter.facts.departmentName, language),
      submittedAt: letter.submittedAt,
      repliedAt: letter.facts.repliedAt,
      dueAt: letter.facts.answerDueAt,
      onTime: letter.facts.onTime,
      due: dueWords(archiveRow(letter).dueAt, at, calendar, say),
    })),
  };
}
