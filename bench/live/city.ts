import { newId } from '../../src/kernel/id.ts';
import type { Guest } from '../../src/kernel/actor.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { askQuestion, publishQuestion } from '../../src/interview/index.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { TurnModel } from '../../src/interview/turnModel.ts';
import { roomView } from '../../src/live/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { makeInterview } from '../../test/support/interview.ts';
import { staffCookie } from '../../test/support/staffSession.ts';
import { questionText } from './texts.ts';

const system = systemActor('bench');

/** Limits of a person that a simulated crowd of few people would meet; those of the whole stay as they are. */
const raised: Readonly<Record<string, number | string>> = {
  'interview.proof-of-work': 'off', // so many questions a second would be taken for a flood
  'live.messages-per-second': 1_000,
  'interview.questions-per-person': 100,
  'web.limit-socket-acts-person': 100_000,
  'web.limit-socket-acts-address': 1_000_000,
  'web.limit-interview-ask-person': 1_000,
  'web.limit-interview-support-person': 10_000,
};

/** A live interview of the product, with the cookies of the people who work in it. */
export interface Prepared {
  id: string;
  guestId: string;
  cookies: { screener: string; guest: string; recorder: string };
  /** Revision up to which everything is told. */
  revision: number;
}

/** Raises the limits of a person and opens `rooms` live interviews, each with so many published questions. */
export async function prepare({ rooms, questions }: { rooms: number; questions: number }): Promise<Prepared[]> {
  for (const [key, value] of Object.entries(raised)) await storeSetting(key, value, 'bench');
  const prepared: Prepared[] = [];
  for (let index = 0; index < rooms; index += 1) prepared.push(await openInterview());
  await Promise.all(prepared.map(({ id }) => fill({ roomId: id, count: questions })));
  for (const room of prepared) room.revision = (await roomView('interview', room.id, 'public')).revision;
  return prepared;
}

async function openInterview(): Promise<Prepared> {
  const made = await makeInterview('live');
  const cookie = async (personId: string) => {
    const { name, value } = await staffCookie(personId);
    return `${name}=${value}`;
  };
  const [screener, guest, recorder] = [
    await cookie(made.people.screener.id),
    await cookie(made.people.guest.id),
    await cookie(made.people.recorder.id),
  ];
  return { id: made.id, guestId: made.guestId, cookies: { screener, guest, recorder }, revision: 0 };
}

/** So many questions are asked and published in a room, each by somebody else, some at the same time. */
export async function fill({ roomId, count }: { roomId: string; count: number }): Promise<void> {
  let left = count;
  const next = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await askAndPublish(roomId);
    }
  };
  await Promise.all(Array.from({ length: 6 }, next));
}

async function askAndPublish(roomId: string): Promise<void> {
  const asker: Guest = { kind: 'guest', id: newId(16), nickname: null, language: 'zh-CN', requestId: 'bench' };
  const asked = { interviewId: roomId, text: questionText(newId(12)), formKey: newId(16) };
  const { id } = await askQuestion(asker, asked);
  await publishQuestion(system, { interviewId: roomId, questionId: id });
}

/** What the database holds of an interview, to be compared with what was acknowledged. */
export async function stored(roomId: string) {
  const questions = await QuestionModel.find({ interviewId: roomId }).lean();
  const supports = await SupportModel.find({ interviewId: roomId }).lean();
  const turns = await TurnModel.find({ interviewId: roomId }).lean();
  const { counters } = await roomView('interview', roomId, 'public');
  const shown = Object.values((counters['votes'] ?? {}) as Record<string, number>);
  return {
    questions: questions.map(({ _id }) => _id),
    texts: questions.map(({ text }) => text),
    published: questions.filter(({ publishedAt }) => publishedAt).map(({ _id }) => _id),
    answers: questions.flatMap(({ _id, answers }) => answers.filter(({ text }) => text !== null).map(() => _id)),
    votes: supports.map(({ questionId, personId }) => `${questionId}/${personId}`),
    votesShown: shown.reduce((sum, count) => sum + count, 0),
    turns: turns.map(({ formKey }) => formKey),
  };
}
export type Stored = Awaited<ReturnType<typeof stored>>;
