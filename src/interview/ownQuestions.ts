import type { Actor } from '../kernel/actor.ts';
import { translate } from '../platform/language.ts';
import type { MineSection } from '../web/mine.ts';
import { type Interview, InterviewModel } from './interviewModel.ts';
import { type Question, QuestionModel } from './questionModel.ts';

const tones: Record<Question['state'], string> = {
  received: 'waiting',
  screening: 'waiting',
  published: 'active',
  merged: 'active',
  answered: 'done',
  rejected: 'stopped',
  hidden: 'stopped',
  withdrawn: 'stopped',
};
const most = 50;

/** The questions somebody asked in all interviews, the latest first. */
export async function ownQuestions(actor: Actor): Promise<MineSection> {
  const { language, id: askerId } = actor;
  const found = await QuestionModel.find({ askerId }, { text: 1, state: 1, interviewId: 1, askedAt: 1 })
    .sort({ askedAt: -1 })
    .limit(most)
    .lean<Pick<Question, '_id' | 'text' | 'state' | 'interviewId' | 'askedAt'>[]>();
  const asked = found.filter(({ state }) => state !== 'withdrawn');
  const ids = [...new Set(asked.map(({ interviewId }) => interviewId))];
  const interviews = await InterviewModel.find({ _id: { $in: ids } }, { topic: 1 }).lean<
    Pick<Interview, '_id' | 'topic'>[]
  >();
  const topics = new Map(interviews.map(({ _id, topic }) => [_id, topic]));
  return {
    name: 'questions',
    title: 'interview.own.title',
    empty: 'interview.own.empty',
    begin: { href: '/interviews', text: 'interview.own.begin' },
    rows: asked.map(({ text, state, interviewId, askedAt }) => ({
      href: `/interviews/${interviewId}#mine`,
      title: text,
      about: topics.get(interviewId) ?? '',
      status: { tone: tones[state], text: translate(language, `interview.mine.${state}`) },
      at: askedAt,
    })),
  };
}
