import type { Actor } from '../kernel/actor.ts';
import { translate } from '../platform/language.ts';
import type { MineRow } from '../web/mine.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';
import { stateTones } from './trackView.ts';

/** The letters of a citizen with an account, newest first; everybody else follows theirs with number and code. */
export async function ownLetters(actor: Actor): Promise<MineRow[]> {
  if (actor.kind !== 'citizen') return [];
  const fields = { number: 1, title: 1, state: 1, submittedAt: 1 };
  const letters = await LetterModel.find({ writerId: actor.id }, fields).limit(200).lean<Letter[]>();
  return letters
    .sort((one, other) => other.submittedAt.getTime() - one.submittedAt.getTime())
    .slice(0, 50)
    .map(({ number, title, state, submittedAt }) => ({
      href: `/letters/track/${number}`,
      title,
      about: number,
      status: { tone: stateTones[state], text: translate(actor.language, `mailbox.states.${state}`) },
      at: submittedAt,
    }));
}
