import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideMany } from '../../src/interview/actions/decideMany.ts';
import { findPublished } from '../../src/interview/actions/findPublished.ts';
import { findSimilar } from '../../src/interview/actions/findSimilar.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { editQuestion } from '../../src/interview/actions/editQuestion.ts';
import { reconsiderQuestion } from '../../src/interview/actions/reconsiderQuestion.ts';
import { rejectQuestion } from '../../src/interview/actions/rejectQuestion.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { undoDecision, unmergeQuestion } from '../../src/interview/actions/undoDecision.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { setClock } from '../../src/kernel/time.ts';
import { forgetRooms, roomView } from '../../src/live/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { guestActor } from '../support/identity.ts';
import { ask, askPublished, makeInterview, outcome } from '../support/interview.ts';
import { useLiveInterview } from '../support/liveInterview.ts';

const live = useLiveInterview();
const found = (id: string) => QuestionModel.findById(id).lean();
const row = async (audience: 'public' | 'desk', id: string) =>
  (await roomView('interview', live.id, audience)).rows.find((one) => one.id === id);
const named = (questionId: string, more: object = {}) => ({ interviewId: live.id, questionId, ...more });
const screener = () => live.people.screener;
const support = (questionId: string, person = guestActor()) => supportQuestion(person, named(questionId));

describe('merging', () => {
  it('adds supports up once a person, takes the asker along, and undo restores exactly', async () => {
    const asker = guestActor();
    const [into, from] = [await askPublished(live), await askPublished(live, asker)];
    const both = guestActor();
    await Promise.all([support(into, both), support(from, both), support(into), support(from), support(from)]);
    const before = await found(from);
    await mergeQuestion(screener(), named(from, { intoId: into }));
    expect(await found(into)).toMatchObject({ supports: 4, alike: 1 });
    expect(await row('public', from)).toBeUndefined();
    expect(await row('public', into)).toMatchObject({ alike: 1 });
    expect(await interviewRoom.personal?.(asker, live.id)).toMatchObject([
      { questionId: from, state: 'merged', into: { id: into, answered: false } },
    ]);
    await publishAnswer(live.people.guest, named(into, { guestId: live.guestId, text: '一并答复。', version: 0 }));
    expect(await interviewRoom.personal?.(asker, live.id)).toMatchObject([{ into: { id: into, answered: true } }]);
    expect(await outcome(support(from))).toBe('not-found interview.errors.question-not-found');
    expect(await outcome(reconsiderQuestion(screener(), named(into)))).toMatch(/^conflict/);

    await unmergeQuestion(screener(), named(from));
    const after = await found(from);
    const same = ({
      state,
      text,
      original,
      supports,
      publishedAt,
      mergedInto,
      claim,
      askerId,
    }: typeof after & object) => ({
      state,
      text,
      original,
      supports,
      publishedAt,
      mergedInto,
      claim,
      askerId,
    });
    expect(same(after!)).toEqual(same(before!));
    expect(await found(into)).toMatchObject({ supports: 2, alike: 0 });
    expect(await row('public', from)).toMatchObject({ state: 'published' });
  });

  it('holds after a restart', async () => {
    const [into, from] = [await askPublished(live), await ask(live.id)];
    await support(into);
    await mergeQuestion(screener(), named(from, { intoId: into }));
    await QuestionModel.updateOne({ _id: into }, { $set: { supports: 9 } });
    forgetRooms();
    expect((await roomView('interview', live.id, 'public')).counters['votes']).toMatchObject({ [into]: 1 });
  });

  it.each([
    ['itself', (id: string) => id, 'invalid errors.invalid'],
    ['nothing', () => '', 'invalid errors.invalid'],
    ['an operator', () => '{"$gt":""}', 'invalid errors.invalid'],
  ])('is refused into %s', async (_what, intoId, expected) => {
    const id = await ask(live.id);
    expect(await outcome(mergeQuestion(screener(), named(id, { intoId: intoId(id) })))).toBe(expected);
  });

  it('is refused into a question that is not public, of another interview, or merged itself', async () => {
    const [from, waiting] = [await ask(live.id), await ask(live.id)];
    const other = await askPublished(await makeInterview('live'));
    const into = (intoId: string) => outcome(mergeQuestion(screener(), named(from, { intoId })));
    expect(await into(waiting)).toBe('conflict interview.errors.target-not-public');
    expect(await into(other)).toBe('not-found interview.errors.question-not-found');
    await mergeQuestion(screener(), named(waiting, { intoId: await askPublished(live) }));
    expect(await into(waiting)).toBe('conflict interview.errors.target-not-public');
  });

  it('keeps totals right over any sequence of merges, undoings and supports, many at once', async () => {
    const people = Array.from({ length: 6 }, () => guestActor());
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constant('support' as const), fc.nat(4), fc.nat(5)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('merge' as const), fc.nat(4), fc.nat(4)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('undo' as const), fc.nat(4), fc.nat(4)) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), async (rounds) => {
        const ids = await Promise.all(Array.from({ length: 5 }, () => askPublished(live)));
        const run = ([verb, a, b]: readonly ['support' | 'merge' | 'undo', number, number]) => {
          if (verb === 'support') return outcome(support(ids[a]!, people[b]));
          if (verb === 'merge') return outcome(mergeQuestion(screener(), named(ids[a]!, { intoId: ids[b]! })));
          return outcome(unmergeQuestion(screener(), named(ids[a]!)));
        };
        for (const round of rounds) await Promise.all(round.map(run));
        const questions = await QuestionModel.find({ _id: { $in: ids } }).lean();
        const marks = await SupportModel.find({ questionId: { $in: ids } }).lean();
        const members = (id: string): string[] => [
          id,
          ...questions.filter(({ mergedInto }) => mergedInto === id).flatMap(({ _id }) => members(_id)),
        ];
        for (const { _id, state, supports } of questions) {
          if (state === 'merged') continue;
          const group = members(_id);
          const real = new Set(
            marks.filter(({ questionId }) => group.includes(questionId)).map(({ personId }) => personId),
          );
          expect(supports).toBe(real.size);
        }
        const shown = questions.filter(({ state }) => state === 'published').map(({ _id }) => _id);
        const rows = (await roomView('interview', live.id, 'public')).rows.map(({ id }) => id);
        expect(ids.filter((id) => rows.includes(id)).sort()).toEqual(shown.sort());
      }),
      { numRuns: 12 },
    );
  });
});

describe('undo', () => {
  it.each([
    ['publish', () => ({})],
    ['publish', () => ({ text: '审核员整理过的文字' })],
    ['reject', () => ({ reason: 'off-topic' })],
  ] as const)('takes %s back exactly', async (act, more) => {
    const id = await ask(live.id);
    const before = await found(id);
    await (act === 'publish' ? publishQuestion : rejectQuestion)(screener(), named(id, more()));
    await undoDecision(screener(), { interviewId: live.id, questionIds: id });
    const after = await found(id);
    expect(after).toMatchObject({
      state: before?.state,
      text: before?.text,
      original: null,
      claim: null,
      rejection: null,
    });
    expect(await row('public', id)).toBeUndefined();
  });

  it('is for the one who decided, and for a short time', async () => {
    const id = await askPublished(live);
    const colleague = await makeInterview('live');
    const { QuestionModel: model } = await import('../../src/interview/questionModel.ts');
    expect(await outcome(undoDecision(colleague.people.screener, { interviewId: live.id, questionIds: [id] }))).toBe(
      'forbidden interview.errors.not-your-role',
    );
    await model.updateOne({ _id: id }, { $set: { 'decided.by': 'somebody else' } });
    const over = 'conflict interview.errors.undo-over';
    expect(await outcome(undoDecision(screener(), { interviewId: live.id, questionIds: [id] }))).toBe(over);
    const late = await askPublished(live);
    setClock(() => new Date(Date.now() + 60_000));
    try {
      expect(await outcome(undoDecision(screener(), { interviewId: live.id, questionIds: [late] }))).toBe(over);
    } finally {
      setClock();
    }
  });

  it('tells the later of two edits with the words that were saved', async () => {
    const id = await ask(live.id);
    const version = (await found(id))?.version;
    await editQuestion(screener(), named(id, { text: '先保存的文字', version }));
    const late = publishQuestion(screener(), named(id, { text: '后保存的文字', version }));
    await expect(late).rejects.toMatchObject({
      told: { key: 'interview.errors.question-changed-meanwhile', params: { text: '先保存的文字' } },
    });
  });
});

describe('several at once, passing on, marks', () => {
  it('publishes what can be published and says what was left', async () => {
    const [one, two, decided] = [await ask(live.id), await ask(live.id), await askPublished(live)];
    const input = { interviewId: live.id, questionIds: [one, two, decided], act: 'publish' };
    expect(await decideMany(screener(), input)).toEqual({ done: [one, two], left: 1 });
    expect(await outcome(decideMany(screener(), input))).toBe('conflict interview.errors.already-decided');
    expect(await outcome(decideMany(screener(), { ...input, questionIds: [] }))).toBe('invalid errors.invalid');
    expect(await outcome(decideMany(screener(), { ...input, questionIds: [one], act: 'reject' }))).toMatch(/^invalid/);
  });

  it('passes to a guest or a department, which the public does not see', async () => {
    const id = await askPublished(live);
    await passQuestion(screener(), named(id, { to: `guest:${live.guestId}` }));
    expect(await row('desk', id)).toMatchObject({ passed: { guestId: live.guestId, name: '林建平' } });
    expect(JSON.stringify(await row('public', id))).not.toContain('passed');
    await passQuestion(screener(), named(id, { to: `department:${live.departmentId}` }));
    expect(await row('desk', id)).toMatchObject({ passed: { departmentId: live.departmentId, guestId: null } });
    expect(await outcome(passQuestion(screener(), named(id, { to: 'guest:nobody' })))).toBe('invalid errors.invalid');
    await passQuestion(screener(), named(id, { to: '' }));
    expect(await row('desk', id)).toMatchObject({ passed: null });
  });

  it('marks listed words for the desk, never for the public, and deletes nothing', async () => {
    await storeSetting('moderation.word-list', ['贿赂'], 'test');
    const text = '有人收受賄 ，赂，请问怎么举报这样的事？';
    const id = await askPublished(live, undefined, text);
    expect(await row('desk', id)).toMatchObject({ marks: ['贿赂'], text });
    expect(await row('public', id)).toMatchObject({ text });
    expect(JSON.stringify(await row('public', id))).not.toContain('marks');
    await storeSetting('moderation.word-list', null, 'test');
  });

  it('finds published questions like a waiting one, as they are now', async () => {
    const like = await askPublished(live, undefined, '请问地铁三号线延长线什么时候通车？');
    const waiting = await ask(live.id, undefined, '地铁三号线的延长线，到底什么时候通车啊？');
    const ids = async () =>
      ((await findSimilar(screener(), { interviewId: live.id, questionIds: [waiting] }))[waiting] ?? []).map(
        ({ id }) => id,
      );
    expect(await ids()).toContain(like);
    const again = await askPublished(live, undefined, '请问地铁三号线延长线什么时候通车？');
    expect((await ids()).filter((id) => id === like || id === again)).toHaveLength(1); // the same words once
    await reconsiderQuestion(screener(), named(again));
    await reconsiderQuestion(screener(), named(like));
    expect(await ids()).not.toContain(like);
  });
});

describe('looking for the question to merge into', () => {
  const find = (words: string, questionId: string) =>
    findPublished(screener(), { interviewId: live.id, questionId, words });

  it('finds by words in any order, by number and by address, among published questions only', async () => {
    const [bus, metro] = [
      await askPublished(live, undefined, '公交十二路晚上能不能晚点收车？'),
      await askPublished(live, undefined, '地铁首班车能不能早一点，早班公交接不上'),
    ];
    const waiting = await ask(live.id, undefined, '公交十二路收车太早，晚班的人回不了家');
    const ids = async (words: string) => (await find(words, waiting)).map(({ id }) => id);
    expect((await ids('收车 十二路'))[0]).toBe(bus);
    expect(await ids('首')).toEqual([metro]);
    expect(await ids('公交')).toEqual(expect.arrayContaining([bus, metro]));
    expect(await ids('十二路')).not.toContain(waiting);
    expect((await ids(metro))[0]).toBe(metro);
    expect((await ids(`https://wz.example/interviews/${live.id}#question-${bus}`))[0]).toBe(bus);
    expect(await ids('   ')).toEqual([]);
    expect(await find('公交', bus)).not.toContainEqual(expect.objectContaining({ id: bus }));
    await reconsiderQuestion(screener(), named(bus));
    expect(await ids('收车 十二路')).not.toContain(bus);
  });

  it('is for the screener of this interview', async () => {
    const input = { interviewId: live.id, questionId: await ask(live.id), words: '公交' };
    expect(await outcome(findPublished(guestActor(), input))).toBe('forbidden interview.errors.not-your-role');
    expect(await outcome(findPublished(live.people.host, input))).toBe('forbidden interview.errors.not-your-role');
    expect(await outcome(findPublished(screener(), { ...input, words: { $gt: '' } }))).toBe('invalid errors.invalid');
  });
});
