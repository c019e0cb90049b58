import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import type { Interview } from '../interviewModel.ts';
import type { Speaker } from '../speakers.ts';
import { TurnModel, type Turn, type TurnKind } from '../turnModel.ts';

/** When a turn is written down says what it is; live, the recorder may hold one back for its moment. */
export function kindOfTurn({ state }: Pick<Interview, 'state'>, hold: boolean): TurnKind {
  if (state === 'closed') return 'added';
  return state === 'live' && !hold ? 'live' : 'prepared';
}

/** The rank behind the last turn. */
export async function lastRank(interviewId: string): Promise<number> {
  const last = await TurnModel.find({ interviewId }, { order: 1 })
    .sort({ order: -1 })
    .limit(1)
    .lean<{ order: number }[]>();
  return Math.floor(last[0]?.order ?? 0) + 1;
}

/** The form came before: its turn when it says the same, and never another text lost without a word. */
export function sameTurn(there: Turn, text: string): Turn {
  if (text === (there.earlier[0]?.text ?? there.text)) return there;
  throw new Refusal(409, 'form-used', { key: 'interview.errors.turn-form-used' });
}

interface Said {
  speaker: Pick<Speaker, 'id' | 'name' | 'title'>;
  text: string;
  formKey: string;
  hold: boolean;
  order: number;
  revision: number;
  picture?: Turn['picture'];
}

/** A turn as it is written down now. */
export function newTurn(actor: Actor, interview: Interview, said: Said): Turn {
  const { speaker, hold, picture = null, ...more } = said;
  const kind = kindOfTurn(interview, hold);
  return {
    _id: newId(),
    interviewId: interview._id,
    ...more,
    speaker: { id: speaker.id, name: speaker.name, title: speaker.title },
    kind,
    waiting: kind === 'prepared',
    picture,
    at: now(),
    by: doerOf(actor),
    correctedAt: null,
    earlier: [],
    removedAt: null,
    version: 1,
  };
}
