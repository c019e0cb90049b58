import { beforeAll, describe, expect, it } from '@jest/globals';
import { hideQuestion } from '../../src/interview/actions/hideQuestion.ts';
import { placeNext } from '../../src/interview/actions/placeNext.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { stageLength } from '../../src/interview/cards.ts';
import { findInterview } from '../../src/interview/interviewModel.ts';
import { enterRoom, roomView } from '../../src/live/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useDatabase } from '../support/database.ts';
import { guestActor } from '../support/identity.ts';
import { ask, askPublished, interviewModels, makeInterview, outcome } from '../support/interview.ts';
import type { TestInterview } from '../support/interview.ts';
import { until } from '../support/until.ts';

useDatabase(interviewModels);
let room: TestInterview;
let ids: string[];
beforeAll(async () => {
  room = await makeInterview('live');
  ids = [];
  for (let n = 0; n < 3; n += 1) ids.push(await askPublished(room));
  for (const id of ids) await place(id, 'add');
});

const place = (questionId: string, to: string, actor = room.people.host) =>
  placeNext(actor, { interviewId: room.id, questionId, to });
const order = async (audience: 'public' | 'desk' = 'public') => {
  const row = (await roomView('interview', room.id, audience)).rows.find(({ id }) => id === 'next');
  return ((row?.['questions'] ?? []) as { id: string }[]).map(({ id }) => ids.indexOf(id)).join('');
};

describe('the order of the next questions', () => {
  it.each([
    [0, 'down', '102'],
    [1, 'up', '102'],
    [2, 'up', '120'],
    [1, 'first', '120'],
    [0, 'down', '120'],
    [1, 'remove', '20'],
    [1, 'add', '201'],
    [2, 'add', '201'],
    [2, 'down', '021'],
    [1, 'up', '012'],
  ] as const)('question %i %s: %s', async (question, to, expected) => {
    await place(ids[question] as string, to);
    expect(await order()).toBe(expected);
    expect(await order('desk')).toBe(expected);
  });

  it('is made by host and director, of public questions', async () => {
    const [id = ''] = ids;
    expect(await outcome(place(id, 'down', room.people.director))).toBe('done');
    expect(await outcome(place(id, 'first', room.people.screener))).toBe('forbidden interview.errors.not-your-role');
    expect(await outcome(place(await ask(room.id), 'add'))).toBe('conflict interview.errors.question-not-published');
    await place(id, 'first');
  });

  it('loses what goes on stage or is hidden', async () => {
    const [first = '', second = ''] = ids;
    await setStage(room.people.host, { interviewId: room.id, questionId: second });
    expect(await order()).toBe('02');
    await hideQuestion(room.people.host, { interviewId: room.id, questionId: first });
    expect(await order()).toBe('2');
  });

  it('loses what is answered, without the stage, and takes nothing that is', async () => {
    const questionId = await askPublished(room);
    ids.push(questionId);
    await place(questionId, 'add');
    expect(await order()).toBe('23');
    const answer = { interviewId: room.id, questionId, guestId: room.guestId, text: '下周动工。', version: 0 };
    await publishAnswer(room.people.guest, answer);
    expect(await order()).toBe('2');
    expect(await order('desk')).toBe('2');
    expect(await outcome(place(questionId, 'first'))).toBe('conflict interview-host.next.answered');
    await place(ids[2] as string, 'first');
    expect((await findInterview(room.id)).upNext).not.toContain(questionId);
  });

  it('is for the desks alone when the city does not show it', async () => {
    await storeSetting('interview.show-next', false, 'test');
    await place(ids[2] as string, 'first');
    expect(await order()).toBe('');
    expect(await order('desk')).toBe('2');
    await storeSetting('interview.show-next', null, 'test');
  });
});

it('a hidden question leaves every screen with the very next delta', async () => {
  const questionId = await askPublished(room);
  const deltas: { from: number; to: number; rows: { id: string; gone?: boolean }[] }[] = [];
  const visitor = guestActor();
  const member = {
    personId: visitor.id,
    send(frame: Buffer) {
      const words = frame.toString();
      const [start, end] = [words.indexOf('{"'), words.lastIndexOf('}')];
      if (start !== -1) deltas.push(JSON.parse(words.slice(start, end + 1)) as (typeof deltas)[number]);
    },
  };
  const seat = await enterRoom(visitor, member, { kind: 'interview', id: room.id, audience: 'public' });
  const before = (await roomView('interview', room.id, 'public')).revision;
  await hideQuestion(room.people.host, { interviewId: room.id, questionId });
  const after = (await roomView('interview', room.id, 'public')).revision;
  expect(after).toBeGreaterThan(before);
  await until(() => deltas.some(({ to }) => to >= after));
  // The first delta that reaches past the revision of hiding carries it: no beat in between goes without
  const first = deltas.find(({ to }) => to > before);
  expect(first?.to).toBe(after);
  expect(first?.rows.find(({ id }) => id === questionId)).toMatchObject({ gone: true });
  seat.leave();
});

it.each([
  ['', [], 'short'],
  ['字'.repeat(32), [], 'short'],
  ['字'.repeat(33), [], 'medium'],
  ['字'.repeat(90), [], 'medium'],
  ['字'.repeat(60), ['字'.repeat(100)], 'long'],
  ['字'.repeat(500), [], 'longest'],
] as const)('letters on the wall fit what there is to read (%#)', (text, answers, expected) => {
  expect(stageLength({ question: { text, answers: answers.map((one) => ({ text: one })) } })).toBe(expected);
});
