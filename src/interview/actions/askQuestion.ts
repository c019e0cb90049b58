import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, notFound, tooMany } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { isIn } from '../access/circles.ts';
import { trailEntry } from '../doer.ts';
import { formKey, id } from '../fields.ts';
import { tellFigures } from '../figures.ts';
import { isOpenTo } from '../interview.ts';
import { findInterview } from '../interviewModel.ts';
import { canSee } from '../policy.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { inRoom, questionChange } from '../room.ts';
import { questionLengthMax, questionLengthMin, questionsPerPerson } from '../settings.ts';

const schema = () =>
  z.object({
    interviewId: id,
    text: typedText({ min: questionLengthMin.value(), max: questionLengthMax.value() }),
    nickname: typedText({ min: 0, max: 20, line: true }).optional(),
    formKey,
  });
type Asked = z.output<ReturnType<typeof schema>>;
type Asker = Extract<Actor, { kind: 'guest' | 'citizen' }>;

/**
 * A citizen asks. Takes { interviewId, text, nickname?, formKey }; gives the question's id and state. The same form
 * sent twice is one question. Refused when the interview takes no questions, or this person asked often enough.
 */
export async function askQuestion(actor: Actor, input: unknown) {
  const asked = parse(schema(), input);
  const interview = await findInterview(asked.interviewId);
  if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden('interview.errors.staff-cannot-ask');
  let question = await earlierFrom(actor, asked);
  if (question) return { id: question._id, state: question.state };
  await inRoom(asked.interviewId, async (fresh, revision) => {
    if (!isOpenTo('ask', fresh.state)) throw conflict('interview.errors.closed-to-questions');
    if (!isIn(fresh.asking, actor)) throw forbidden('interview-access.errors.verify-to-ask');
    if (fresh.pausedAt) throw conflict('interview-host.paused-to-questions');
    question = await insertQuestion(actor, asked, revision);
    return question ? questionChange(fresh, question) : {};
  });
  tellFigures(asked.interviewId);
  question ??= await earlierFrom(actor, asked);
  return { id: question?._id ?? '', state: question?.state ?? 'received' };
}

function earlierFrom(actor: Asker, { interviewId, formKey: key }: Asked) {
  return QuestionModel.findOne({ interviewId, askerId: actor.id, formKey: key }).lean<Question | null>();
}

/** Gives null when the same form came a moment earlier. */
async function insertQuestion(actor: Asker, asked: Asked, revision: number): Promise<Question | null> {
  const limit = questionsPerPerson.value();
  // The number is unique in the database, so the limit holds however many requests run at once
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const before = await QuestionModel.countDocuments({ interviewId: asked.interviewId, askerId: actor.id });
    if (before >= limit) throw tooMany(0, 'interview.errors.asked-enough', { count: limit });
    const question = newQuestion(actor, asked, { revision, askerOrder: before + 1 });
    try {
      await QuestionModel.create(question);
      return question;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 11_000) throw error;
      if (await earlierFrom(actor, asked)) return null;
    }
  }
  throw tooMany(1, 'interview.errors.asked-at-once');
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
