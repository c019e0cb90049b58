import { describe, expect, it } from '@jest/globals';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { askQuestion } from '../../src/interview/actions/askQuestion.ts';
import { claimQuestion } from '../../src/interview/actions/claimQuestion.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { correctTurn } from '../../src/interview/actions/correctTurn.ts';
import { editQuestion } from '../../src/interview/actions/editQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { reconsiderQuestion } from '../../src/interview/actions/reconsiderQuestion.ts';
import { rejectQuestion } from '../../src/interview/actions/rejectQuestion.ts';
import { saveAnswerDraft } from '../../src/interview/actions/saveAnswerDraft.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { withdrawQuestion } from '../../src/interview/actions/withdrawQuestion.ts';
import { repairSupports } from '../../src/interview/supports.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { TurnModel, type Turn } from '../../src/interview/turnModel.ts';
import { figuresOf } from '../../src/interview/figures.ts';
import { newId } from '../../src/kernel/id.ts';
import { forgetRooms, roomView } from '../../src/live/index.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { ask, askPublished, makeInterview, outcome, type TestInterview } from '../support/interview.ts';
import { useLiveInterview } from '../support/liveInterview.ts';

const live = useLiveInterview();

const found = (id: string) => QuestionModel.findById(id).lean();
const publicRow = async (interview: TestInterview, id: string) =>
  (await roomView('interview', interview.id, 'public')).rows.find((row) => row.id === id);

describe('asking', () => {
  it('keeps ten questions a person, however many come at once', async () => {
    const visitor = guestActor();
    const tries = Array.from({ length: 14 }, () => outcome(ask(live.id, visitor)));
    const results = await Promise.all(tries);
    expect(results.filter((one) => one === 'done')).toHaveLength(10);
    expect(new Set(results.filter((one) => one !== 'done'))).toEqual(
      new Set(['too-many interview.errors.asked-enough']),
    );
    expect(await QuestionModel.countDocuments({ askerId: visitor.id })).toBe(10);
  });

  it('takes the same form once, also at the same moment', async () => {
    const visitor = guestActor();
    const input = { interviewId: live.id, text: '请问加装电梯的补贴什么时候到位？', formKey: newId(16) };
    const answers = await Promise.all([
      askQuestion(visitor, input),
      askQuestion(visitor, input),
      askQuestion(visitor, input),
    ]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await outcome(askQuestion(visitor, { ...input, text: '换一个问题：小区门口的路灯谁来修？' }))).toBe(
      'form-used interview.errors.form-used',
    );
    expect(await QuestionModel.countDocuments({ askerId: visitor.id })).toBe(1);
    expect(await outcome(askQuestion(guestActor(), { ...input, text: '别人的表单，别人的问题，与此无关。' }))).toBe(
      'done',
    );
  });

  it.each([
    ['too short', '太短了', 'invalid errors.invalid'],
    ['ten characters, two of them outside the basic plane', '𠮷😀三四五六七八九十', 'done'],
    ['nine characters', '𠮷😀三四五六七八九', 'invalid errors.invalid'],
    ['five hundred emoji', '😀'.repeat(500), 'done'],
    ['five hundred and one', '😀'.repeat(501), 'invalid errors.invalid'],
    ['a family in one character', '👨‍👩‍👧‍👦这个家庭的问题怎么办', 'done'],
    ['a megabyte', 'x'.repeat(1_000_000), 'invalid errors.invalid'],
    ['only what is not seen', '\u0000\u202e\u200b'.repeat(20), 'invalid errors.invalid'],
  ])('%s', async (_what, text, expected) => {
    expect(await outcome(ask(live.id, guestActor(), text))).toBe(expected);
  });

  it('strips what is not seen and keeps the rest as typed', async () => {
    const id = await ask(
      live.id,
      guestActor(),
      '<script>alert(1)</script>\u202e电梯\u0000\u0007什么时候装好？\r\n\r\n\r\n谢谢',
    );
    expect((await found(id))?.text).toBe('<script>alert(1)</script>电梯什么时候装好？\n\n谢谢');
  });

  it('is refused to officials and in closed interviews', async () => {
    const closed = await makeInterview('closed');
    expect(await outcome(ask(closed.id))).toBe('conflict interview.errors.closed-to-questions');
    const official = live.people.host as never;
    expect(await outcome(ask(live.id, official))).toBe('forbidden interview.errors.staff-cannot-ask');
    const draft = await makeInterview('draft');
    expect(await outcome(ask(draft.id))).toBe('not-found interview.errors.not-found');
    expect(await outcome(ask('{"$gt":""}'))).toBe('invalid errors.invalid');
  });
});

describe('taking a question back', () => {
  const take = (questionId: string, actor: Parameters<typeof withdrawQuestion>[0]) =>
    withdrawQuestion(actor, { interviewId: live.id, questionId });

  it('is for who asked it alone, while nobody has decided; it is gone for the desks and counts no more', async () => {
    const visitor = guestActor();
    const questionId = await ask(live.id, visitor, '这个问题想改一改再问，可以吗？');
    await claimQuestion(live.people.screener, { interviewId: live.id, questionId });
    expect(await outcome(take(questionId, guestActor()))).toBe('not-found interview.errors.question-not-found');
    const before = await figuresOf(live.id);
    expect(await take(questionId, visitor)).toEqual({ text: '这个问题想改一改再问，可以吗？' });
    expect(await take(questionId, visitor)).toEqual({ text: '这个问题想改一改再问，可以吗？' });
    expect(await found(questionId)).toMatchObject({ state: 'withdrawn', claim: null });
    const desk = await roomView('interview', live.id, 'desk');
    expect(desk.rows.some(({ id }) => id === questionId)).toBe(false);
    expect((await figuresOf(live.id)).asked).toBe(before.asked - 1);
    const late = outcome(publishQuestion(live.people.screener, { interviewId: live.id, questionId }));
    expect(await late).toBe('conflict interview.errors.already-decided');
    expect(await interviewRoom.personal?.(visitor, live.id)).toMatchObject([{ id: `mine-${questionId}`, gone: true }]);
    const out = await askPublished(live, visitor);
    expect(await outcome(take(out, visitor))).toBe('conflict interview.errors.already-decided');
  });

  it('gives the question back, but not without end', async () => {
    const visitor = guestActor();
    for (let n = 0; n < 10; n += 1) await ask(live.id, visitor);
    expect(await outcome(ask(live.id, visitor))).toBe('too-many interview.errors.asked-enough');
    for (let n = 0; n < 20; n += 1) {
      const last = await QuestionModel.findOne({ askerId: visitor.id, state: 'received' }).lean();
      await take(String(last?._id), visitor);
      await ask(live.id, visitor);
    }
    const last = await QuestionModel.findOne({ askerId: visitor.id, state: 'received' }).lean();
    await take(String(last?._id), visitor);
    expect(await outcome(ask(live.id, visitor))).toBe('too-many interview.errors.asked-enough');
  });
});

describe('supporting', () => {
  it('counts each person once, at the same moment and afterwards', async () => {
    const id = await askPublished(live);
    const people = Array.from({ length: 40 }, () => guestActor());
    const inputs = { interviewId: live.id, questionId: id };
    await Promise.all([...people, ...people].map((person) => supportQuestion(person, inputs)));
    const again = await supportQuestion(people[0]!, inputs);
    expect(again).toEqual({ supports: 40, already: true });
    expect((await found(id))?.supports).toBe(40);
    expect(await SupportModel.countDocuments({ questionId: id })).toBe(40);
  });

  it('is refused where there is nothing to support', async () => {
    const waiting = await ask(live.id);
    const visitor = guestActor();
    const other = await makeInterview('closed');
    expect(await outcome(supportQuestion(visitor, { interviewId: live.id, questionId: waiting }))).toBe(
      'not-found interview.errors.question-not-found',
    );
    expect(await outcome(supportQuestion(visitor, { interviewId: other.id, questionId: waiting }))).toBe(
      'not-found interview.errors.question-not-found',
    );
  });

  it('ends with the interview, and numbers are set right when a room is opened', async () => {
    const interview = await makeInterview('live');
    const id = await askPublished(interview);
    await supportQuestion(guestActor(), { interviewId: interview.id, questionId: id });
    await QuestionModel.updateOne({ _id: id }, { $set: { supports: 7 } });
    forgetRooms();
    await closeInterview(interview.people.host, { interviewId: interview.id });
    expect((await found(id))?.supports).toBe(1);
    expect(await outcome(supportQuestion(guestActor(), { interviewId: interview.id, questionId: id }))).toBe(
      'conflict interview.errors.closed-to-supports',
    );
  });
});

it('a room that is opened while supports are being written does not undo them', async () => {
  const questionId = await askPublished(live);
  const supports = Array.from({ length: 30 }, async (_, n) => {
    if (n % 3 === 0) await repairSupports(live.id);
    await supportQuestion(guestActor(), { interviewId: live.id, questionId });
  });
  await Promise.all(supports);
  expect(await found(questionId)).toMatchObject({ supports: 30 });
  // A mark of another process whose number is still to come
  const mark = { _id: newId(), interviewId: live.id, questionId, personId: guestActor().id, at: new Date() };
  await SupportModel.create(mark);
  await repairSupports(live.id);
  await supportQuestion(guestActor(), { interviewId: live.id, questionId });
  expect(await found(questionId)).toMatchObject({ supports: 32, recounted: true });
});

describe('screening', () => {
  it('publishes an edited text and keeps the original', async () => {
    const id = await ask(live.id, guestActor(), '电梯电梯电梯什么时候能装好啊啊啊');
    await publishQuestion(live.people.screener, { interviewId: live.id, questionId: id, text: '电梯什么时候能装好？' });
    expect(await found(id)).toMatchObject({
      state: 'published',
      text: '电梯什么时候能装好？',
      original: '电梯电梯电梯什么时候能装好啊啊啊',
    });
    expect(await publicRow(live, id)).toMatchObject({ text: '电梯什么时候能装好？', edited: true });
    expect(JSON.stringify(await publicRow(live, id))).not.toContain('啊啊啊');
  });

  it('tells who works on a question, and lets a second screener take it over', async () => {
    const interview = await makeInterview('live');
    const id = await ask(interview.id);
    const which = { interviewId: interview.id, questionId: id };
    const { screener } = interview.people;
    const second = { ...screener, id: newId(), name: '审核乙' };
    await import('../../src/interview/interviewModel.ts').then(({ InterviewModel }) =>
      InterviewModel.updateOne(
        { _id: interview.id },
        { $push: { roles: { role: 'screener', personId: second.id, name: second.name } } },
      ),
    );
    const { version } = await claimQuestion(screener, which);
    expect((await claimQuestion(screener, which)).version).toBe(version);
    expect(await outcome(publishQuestion(second, which))).toBe('conflict interview.errors.claimed-by-other');
    await claimQuestion(second, { ...which, take: true });
    expect(await outcome(publishQuestion(screener, which))).toBe('conflict interview.errors.claimed-by-other');
    await publishQuestion(second, which);
    expect((await found(id))?.state).toBe('published');
  });

  it('lets one of two decisions win', async () => {
    const id = await ask(live.id);
    const which = { interviewId: live.id, questionId: id };
    const results = await Promise.all([
      outcome(publishQuestion(live.people.screener, which)),
      outcome(rejectQuestion(live.people.screener, { ...which, reason: 'off-topic' })),
    ]);
    expect(results.sort()).toEqual(['conflict interview.errors.already-decided', 'done']);
  });

  it('needs a reason, which the asker reads', async () => {
    const visitor = guestActor();
    const id = await ask(live.id, visitor);
    const which = { interviewId: live.id, questionId: id };
    expect(await outcome(rejectQuestion(live.people.screener, which))).toBe('invalid errors.invalid');
    expect(await outcome(rejectQuestion(live.people.screener, { ...which, reason: 'other' }))).toBe(
      'invalid errors.invalid',
    );
    await rejectQuestion(live.people.screener, { ...which, reason: 'other', note: '请到信箱反映' });
    const own = await interviewRoom.personal?.(visitor, live.id);
    expect(own?.[0]).toMatchObject({ state: 'rejected', rejection: { reason: 'other', text: '请到信箱反映' } });
    expect(await publicRow(live, id)).toBeUndefined();
  });

  it('takes a decision back, and the question is gone for everyone else', async () => {
    const id = await askPublished(live);
    expect(await publicRow(live, id)).toBeDefined();
    await reconsiderQuestion(live.people.screener, { interviewId: live.id, questionId: id });
    expect(await publicRow(live, id)).toBeUndefined();
    expect((await interviewRoom.load(live.id))?.rows.public?.find((row) => row.id === id)).toMatchObject({
      gone: true,
    });
    await publishQuestion(live.people.screener, { interviewId: live.id, questionId: id });
    expect(await publicRow(live, id)).toMatchObject({ state: 'published' });
  });

  it('tells the later of two edits', async () => {
    const id = await ask(live.id);
    const which = { interviewId: live.id, questionId: id };
    const seen = (await found(id))?.version;
    await editQuestion(live.people.screener, { ...which, text: '第一位审核员的修改文字', version: seen });
    expect(
      await outcome(editQuestion(live.people.screener, { ...which, text: '第二位审核员的修改文字', version: seen })),
    ).toBe('conflict interview.errors.question-changed-meanwhile');
    expect((await found(id))?.text).toBe('第一位审核员的修改文字');
  });
});

describe('answering', () => {
  it('keeps drafts from the public, publishes, corrects, and several guests may answer', async () => {
    const questionId = await askPublished(live);
    const which = { interviewId: live.id, questionId, guestId: live.guestId };
    const first = await saveAnswerDraft(live.people.guest, { ...which, text: '草稿里的话', version: 0 });
    expect(JSON.stringify(await publicRow(live, questionId))).not.toContain('草稿里的话');
    const out = await publishAnswer(live.people.guest, {
      ...which,
      text: '今年内装好三百部。',
      version: first.version,
    });
    expect(await publicRow(live, questionId)).toMatchObject({
      state: 'answered',
      answers: [{ text: '今年内装好三百部。', corrected: false }],
    });
    await saveAnswerDraft(live.people.guest, { ...which, text: '更正：四百部。', version: out.version });
    expect(await publicRow(live, questionId)).toMatchObject({ answers: [{ text: '今年内装好三百部。' }] });
    await publishAnswer(live.people.guest, { ...which, text: '更正：四百部。', version: out.version + 1 });
    expect(await publicRow(live, questionId)).toMatchObject({ answers: [{ text: '更正：四百部。', corrected: true }] });
    expect((await found(questionId))?.answers[0]?.earlier).toMatchObject([{ text: '今年内装好三百部。' }]);
    await publishAnswer((await import('../support/interview.ts')).system, {
      ...which,
      guestId: live.secondGuestId,
      text: '补充一点。',
      version: 0,
    });
    expect((await found(questionId))?.answers).toHaveLength(2);
  });

  it('tells the later of two saves', async () => {
    const questionId = await askPublished(live);
    const which = { interviewId: live.id, questionId, guestId: live.guestId };
    await saveAnswerDraft(live.people.guest, { ...which, text: '第一份', version: 0 });
    const both = ['甲', '乙'].map((text) =>
      outcome(saveAnswerDraft(live.people.guest, { ...which, text, version: 1 })),
    );
    expect((await Promise.all(both)).sort()).toEqual(['conflict interview.errors.answer-saved-elsewhere', 'done']);
    expect(await outcome(saveAnswerDraft(live.people.guest, { ...which, text: '新', version: 0 }))).toBe(
      'conflict interview.errors.answer-saved-elsewhere',
    );
  });

  it('lets a guest write for themselves only, and not before the question is public', async () => {
    const questionId = await askPublished(live);
    const input = { interviewId: live.id, questionId, guestId: live.secondGuestId, text: '替别人写', version: 0 };
    expect(await outcome(saveAnswerDraft(live.people.guest, input))).toBe('forbidden interview.errors.not-your-guest');
    const waiting = await ask(live.id);
    const early = { ...input, questionId: waiting, guestId: live.guestId };
    expect(await publishAnswer(live.people.guest, early)).toMatchObject({ stage: 'ready' });
    expect(await publicRow(live, waiting)).toBeUndefined();
    await rejectQuestion(live.people.screener, { interviewId: live.id, questionId: waiting, reason: 'off-topic' });
    expect(await outcome(publishAnswer(live.people.guest, { ...early, version: 1 }))).toBe(
      'conflict interview.errors.question-not-published',
    );
  });
});

describe('stage and record', () => {
  it('shows the question on stage with its answer, to everyone and to the asker', async () => {
    const visitor = guestActor('小雨');
    const questionId = await askPublished(live, visitor);
    await setStage(live.people.host, { interviewId: live.id, questionId });
    expect(await publicRow(live, 'stage')).toMatchObject({
      questionId,
      question: { asker: { name: '小雨' }, answers: [] },
    });
    expect((await interviewRoom.personal?.(visitor, live.id))?.[0]).toMatchObject({ onStage: true });
    await publishAnswer(live.people.guest, {
      interviewId: live.id,
      questionId,
      guestId: live.guestId,
      text: '正在办。',
      version: 0,
    });
    expect(await publicRow(live, 'stage')).toMatchObject({ question: { answers: [{ text: '正在办。' }] } });
    expect(await outcome(reconsiderQuestion(live.people.screener, { interviewId: live.id, questionId }))).toBe(
      'conflict interview.errors.on-stage',
    );
    await setStage(live.people.host, { interviewId: live.id, questionId: '' });
    expect(await publicRow(live, 'stage')).toMatchObject({ questionId: null });
  });

  it('keeps the order of turns, marks corrections, takes a form once', async () => {
    const interview = await makeInterview('live');
    const base = { interviewId: interview.id, speakerId: interview.guestId };
    const say = (text: string) => addTurn(interview.people.recorder, { ...base, text, formKey: newId(16) });
    const turns: Turn[] = await Promise.all(['一', '二', '三', '四', '五'].map(say));
    expect(turns.map(({ order }) => order).sort()).toEqual([1, 2, 3, 4, 5]);
    const twice = { ...base, text: '六', formKey: newId(16) };
    await Promise.all([addTurn(interview.people.recorder, twice), addTurn(interview.people.recorder, twice)]);
    expect(await TurnModel.countDocuments({ interviewId: interview.id })).toBe(6);
    const [first] = turns;
    const correction = { interviewId: interview.id, turnId: first!._id, text: '壹', version: 1 };
    await correctTurn(interview.people.recorder, correction);
    expect(await publicRow(interview, first!._id)).toMatchObject({ text: '壹', corrected: true });
    expect(await outcome(correctTurn(interview.people.recorder, { ...correction, text: '1' }))).toBe(
      'conflict interview.errors.turn-changed-meanwhile',
    );
  });
});

describe('figures', () => {
  it('count people once', async () => {
    const interview = await makeInterview('live');
    const [visitor, citizen] = [guestActor(), await makeCitizen()];
    const id = await askPublished(interview, visitor);
    await ask(interview.id, visitor);
    await supportQuestion(visitor, { interviewId: interview.id, questionId: id });
    await supportQuestion(citizen, { interviewId: interview.id, questionId: id });
    expect(await figuresOf(interview.id)).toEqual({
      asked: 2,
      published: 1,
      answered: 0,
      rejected: 0,
      supports: 2,
      participants: 2,
    });
  });
});
