import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid, Refusal } from '../../kernel/errors.ts';
import { mayCityWide } from '../../kernel/may.ts';
import { parse } from '../../kernel/parse.ts';
import { nameInLanguage } from '../../organization/index.ts';
import { moveDeadline } from '../actions/moveDeadline.ts';
import { reason, several } from '../fields.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { letterPath } from './rows.ts';

const most = 500;

/** Those who decide about deadlines of the whole city. */
const movesDeadlines = (actor: Actor): boolean => mayCityWide(actor, 'supervisor', 'clerk');

const fields = {
  ...({ number: 1, title: 1, lead: 1, assisting: 1, ownerPath: 1, writerId: 1 } as const),
  ...({ state: 1, open: 1, version: 1, dueAt: 1, laterDueAt: 1 } as const),
};

/** 期限变动: open letters whose deadline would be later by the calendar of today, the earliest first. */
async function lettersWithMovedDays(actor: Actor): Promise<Letter[]> {
  if (!movesDeadlines(actor)) throw forbidden('mailbox.errors.not-your-part');
  const found = await LetterModel.find({ laterDueAt: { $gt: new Date(0) } }, fields)
    .sort({ laterDueAt: 1, _id: 1 })
    .limit(most)
    .lean<Letter[]>();
  return found.filter((letter) => letter.open && canRead(actor, letter));
}

/** How many there are, for those who may decide. */
export const countMovedDays = async (actor: Actor): Promise<number> =>
  movesDeadlines(actor) ? (await lettersWithMovedDays(actor)).length : 0;

/** Everything /office/supervision/moved-days shows; what was ticked and typed stays, and first all are ticked. */
export async function movedDaysModel(actor: Actor, typed: Record<string, unknown>) {
  const chosen = typed['reason'] === undefined ? null : new Set([typed['letter']].flat().map(String));
  const letters = await lettersWithMovedDays(actor);
  return {
    rows: letters.map(({ _id, version, number, title, lead, dueAt, laterDueAt }) => ({
      key: `${_id}~${version}`,
      href: letterPath(number),
      number,
      title,
      department: nameInLanguage(lead?.name ?? '', actor.language),
      dueAt,
      laterDueAt,
      ticked: chosen?.has(`${_id}~${version}`) ?? true,
    })),
    values: { reason: typeof typed['reason'] === 'string' ? typed['reason'] : '' },
  };
}

const schema = () => z.object({ letter: several(z.string().regex(/^[\w-]{1,40}~\d{1,9}$/), most), reason: reason() });

/** Moves the deadlines of all letters chosen, with one reason. What somebody else changed meanwhile is left. */
export async function moveChosenDeadlines(actor: Actor, input: unknown): Promise<{ done: number; left: number }> {
  const { letter: keys, reason: why } = parse(schema(), input);
  if (!movesDeadlines(actor)) throw forbidden('mailbox.errors.not-your-part');
  if (keys.length === 0) throw invalid({ '': { key: 'mailbox-office.bulk.none' } });
  let done = 0;
  for (const key of keys) {
    const [letterId, version] = key.split('~');
    try {
      await moveDeadline(actor, { letterId, version, reason: why });
      done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { done, left: keys.length - done };
}
