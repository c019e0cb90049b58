import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, notFound, Refusal, tooMany } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { groupChanges, insertOnce, type Made, type Numbered } from '../../live/index.ts';
import { isProven, proofNeeded, refuseNickname, refuseNumbers } from '../../moderation/index.ts';
import { isIn } from '../access/circles.ts';
import { banRefusal } from '../bans/ban.ts';
import { trailEntry } from '../doer.ts';
import { formKey, id, ticked } from '../fields.ts';
import { isGuarded } from '../guard/guard.ts';
import { proofOfRoom } from '../guard/pass.ts';
import { watchAsks } from '../guard/watchAsks.ts';
import { isOpenTo } from '../interview.ts';
import { findInterview, type Interview } from '../interviewModel.ts';
import { canSee } from '../policy.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { questionChange, roomKind } from '../room.ts';
import { questionLengthMax, questionLengthMin, questionsPerPerson } from '../settings.ts';

const schema = () =>
  z.object({
    interviewId: id,
    text: typedText({ min: questionLengthMin.value(), max: questionLengthMax.value() }),
    nickname: typedText({ min: 0, max: 20, line: true }).optional(),
    formKey,
    /** A telephone number in the text is meant. */
    numbersKept: ticked,
    /** A solved piece of work, where the room is guarded. */
    proof: z.string().max(5000).optional(),
  });
type Asked = z.output<ReturnType<typeof schema>>;
type Asker = Extract<Actor, { kind: 'guest' | 'citizen' }>;

/**
 * A citizen asks. Takes { interviewId, text, nickname?, formKey }; gives the question's id and state. The same form
 * sent twice is one question; another text under a used form is a 409. Refused when the interview takes no questions, or this person asked often enough.
 */
export async function askQuestion(actor: Actor, input: unknown) {
  const asked = parse(schema(), input);
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden('interview.errors.staff-cannot-ask');
  refuseNickname(asked.nickname ?? '');
  refuseNumbers({ text: asked.text }, asked.numbersKept);
  const proven = actor.kind === 'citizen' || (await didWork(asked));
  const { _id, state } = await askInTurn(asked.interviewId, { actor, asked, proven });
  await watchAsks(actor, asked.interviewId);
  return { id: _id, state };
}

interface Wish {
  actor: Asker;
  asked: Asked;
  /** A verified citizen, or a visitor who did the work that a guarded room asks for. */
  proven: boolean;
}

/** True when work came with the question; it is spent with it. */
async function didWork({ interviewId, proof }: Asked): Promise<boolean> {
  return proof !== undefined && isProven(proof, proofOfRoom(interviewId));
}

/** How often one may write a question anew, on average. */
const writesPerQuestion = 3;

/** What is known of a question when its form comes a second time. */
type Known = Pick<Question, '_id' | 'askerId' | 'formKey' | 'state' | 'text' | 'original'>;

/** All who wait in the line of an interview ask together: one look at it, one at what they asked before, one write. */
const askInTurn = groupChanges<Wish, Pick<Question, '_id' | 'state'>>(roomKind, async (interviewId, wishes) => {
  const interview = await findInterview(interviewId);
  const made = new Map<Numbered<Wish>, Made<Pick<Question, '_id' | 'state'>>>();
  let left = wishes;
  // A number is unique in the database, so the limit holds however many processes take questions at once
  for (let attempt = 0; attempt < 3 && left.length > 0; attempt += 1) {
    const { questions, settled } = chooseNew(interview, left, await askedBy(interviewId, left));
    for (const [wish, outcome] of settled) made.set(wish, outcome);
    const isNew = await insertOnce(QuestionModel, [...questions.values()]);
    const written = [...questions].filter((_, index) => isNew[index]);
    for (const [wish, question] of written) {
      made.set(wish, { change: await questionChange(interview, question), result: question });
    }
    left = left.filter((wish) => !made.has(wish));
  }
  return wishes.map((wish) => made.get(wish) ?? tooMany(1, 'interview.errors.asked-at-once'));
});

function askedBy(interviewId: string, wishes: readonly Numbered<Wish>[]): Promise<Known[]> {
  const askers = [...new Set(wishes.map(({ item }) => item.actor.id))];
  const fields = { askerId: 1, formKey: 1, state: 1, text: 1, original: 1 };
  return QuestionModel.find({ interviewId, askerId: { $in: askers } }, fields).lean<Known[]>();
}

/** Who gets a new question, and who is answered without: the form came before, or asking is over, or was done enough. */
function chooseNew(interview: Interview, wishes: readonly Numbered<Wish>[], before: readonly Known[]) {
  const known = [...before];
  const questions = new Map<Numbered<Wish>, Question>();
  const settled = new Map<Numbered<Wish>, Made<Pick<Question, '_id' | 'state'>>>();
  for (const wish of wishes) {
    const { actor, asked } = wish.item;
    const own = known.filter(({ askerId }) => askerId === actor.id);
    const there = own.find(({ formKey: key }) => key === asked.formKey);
    const refusal = refusalOf(interview, wish.item, own);
    if (there && before.includes(there)) settled.set(wish, again(there, asked));
    else if (!there && refusal) settled.set(wish, refusal);
    else if (!there) {
      const question = newQuestion(actor, asked, { revision: wish.revision, askerOrder: own.length + 1 });
      questions.set(wish, question);
      known.push(question);
    }
  }
  return { questions, settled };
}

/** The form came before: its question when it says the same, and never another text lost without a word. */
function again(there: Known, { text }: Asked): Made<Pick<Question, '_id' | 'state'>> {
  if (text === (there.original ?? there.text)) return { change: {}, result: there };
  return new Refusal(409, 'form-used', { key: 'interview.errors.form-used' });
}

/** Why this person may not ask, or null. */
function refusalOf(interview: Interview, { actor, proven }: Wish, own: readonly Known[]): Error | null {
  const limit = questionsPerPerson.value();
  if (!canSee(actor, interview)) return notFound('interview.errors.not-found');
  if (!isOpenTo('ask', interview.state)) return conflict('interview.errors.closed-to-questions');
  if (!isIn(interview.asking, actor)) return forbidden('interview-access.errors.verify-to-ask');
  if (interview.pausedAt) return conflict('interview-host.paused-to-questions');
  const ban = banRefusal(interview, actor.id);
  if (ban) return ban;
  if (!proven && isGuarded(interview)) return proofNeeded('interview-guard.proof-needed');
  // What was taken back does not count, but nobody asks and takes back without end
  const standing = own.filter(({ state }) => state !== 'withdrawn').length;
  const enough = standing >= limit || own.length >= limit * writesPerQuestion;
  return enough ? tooMany(0, 'interview.errors.asked-enough', { count: limit }) : null;
}

function newQuestion(actor: Asker, asked: Asked, order: Pick<Question, 'revision' | 'askerOrder'>): Question {
  return {
    _id: newId(),
    interviewId: asked.interviewId,
    askerId: actor.id,
    askerKind: actor.kind,
    askerName: actor.kind === 'citizen' ? actor.nickname : asked.nickname || actor.nickname,
    formKey: asked.formKey,
    text: asked.text,
    original: null,
    state: 'received',
    claim: null,
    rejection: null,
    answers: [],
    supports: 0,
    recounted: false,
    countVersion: 0,
    mergedInto: null,
    alike: 0,
    decided: null,
    passed: null,
    askedAt: now(),
    publishedAt: null,
    answeredAt: null,
    version: 1,
    trail: [trailEntry(actor, 'ask', { to: 'received' })],
    ...order,
  };
}
