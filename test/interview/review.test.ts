import { beforeAll, describe, expect, it } from '@jest/globals';
import { agreeToAnswer, declineAnswer, withdrawAnswer } from '../../src/interview/actions/cosignAnswer.ts';
import { hideQuestion, showQuestion } from '../../src/interview/actions/hideQuestion.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { approveAnswer, returnAnswer, reviseAnswer } from '../../src/interview/actions/reviewAnswer.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { undoDecision } from '../../src/interview/actions/undoDecision.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { stageOf } from '../../src/interview/review/pending.ts';
import { roomView } from '../../src/live/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { ask, askPublished, makeInterview, outcome, system } from '../support/interview.ts';
import { useLiveInterview } from '../support/liveInterview.ts';

const room = useLiveInterview();
beforeAll(async () => {
  await setAnswerReview(system, { interviewId: room.id, review: 'on' });
});

const first = async (questionId: string) => (await QuestionModel.findById(questionId).lean())?.answers[0];
const shown = async (questionId: string) =>
  (await roomView('interview', room.id, 'public')).rows.find(({ id }) => id === questionId) as
    { state: string; answers: { text: string; corrected: boolean; cosigners: { name: string }[] }[] } | undefined;
const words = async (questionId: string) => (await shown(questionId))?.answers.map(({ text }) => text) ?? [];
const handIn = async (questionId: string, text: string, guestId = room.guestId) => {
  const answers = (await QuestionModel.findById(questionId).lean())?.answers ?? [];
  const version = answers.find((one) => one.guestId === guestId)?.version ?? 0;
  const actor = guestId === room.guestId ? room.people.guest : system;
  return publishAnswer(actor, { interviewId: room.id, questionId, guestId, text, version });
};
/** What acts on the waiting wording name. */
const which = async (questionId: string) => {
  const answer = await first(questionId);
  return { interviewId: room.id, questionId, answerId: answer?.id ?? '', version: answer?.pending?.version ?? 0 };
};
const approve = async (id: string, more: object = {}) =>
  approveAnswer(room.people.reviewer, { ...(await which(id)), ...more });

describe('the stage of an answer', () => {
  const two = [
    { guestId: 'a', name: '', title: '' },
    { guestId: 'b', name: '', title: '' },
  ];
  const returned = { by: '', remark: '', at: new Date() };
  const plain = { cosigners: [], agreed: [], reviewed: false, approved: false, returned: null };
  it.each([
    ['nothing missing', plain, true, 'out'],
    ['question not out', plain, false, 'ready'],
    ['review', { ...plain, reviewed: true }, true, 'reviewing'],
    ['reviewed', { ...plain, reviewed: true, approved: true }, true, 'out'],
    ['one of two agreed', { ...plain, cosigners: two, agreed: ['a'] }, true, 'agreeing'],
    ['both agreed', { ...plain, cosigners: two, agreed: ['b', 'a'] }, true, 'out'],
    ['agreement before review', { ...plain, cosigners: two, reviewed: true }, true, 'agreeing'],
    ['then review', { ...plain, cosigners: two, agreed: ['a', 'b'], reviewed: true }, false, 'reviewing'],
    ['sent back, whatever else', { ...plain, approved: true, returned }, true, 'returned'],
  ] as const)('%s', (_what, pending, questionOut, stage) => {
    expect(stageOf({ ...pending, cosigners: [...pending.cosigners], agreed: [...pending.agreed] }, questionOut)).toBe(
      stage,
    );
  });
});

describe('review before publication', () => {
  it('shows nothing to the public until a reviewer lets it through', async () => {
    const id = await askPublished(room);
    expect(await handIn(id, '已经列入明年的计划。')).toMatchObject({ stage: 'reviewing' });
    const everything = JSON.stringify((await roomView('interview', room.id, 'public')).rows);
    expect(everything).not.toContain('已经列入明年的计划');
    expect(await shown(id)).toMatchObject({ state: 'published', answers: [] });
    expect(await approve(id)).toEqual({ stage: 'out' });
    expect(await shown(id)).toMatchObject({ state: 'answered', answers: [{ text: '已经列入明年的计划。' }] });
    expect((await first(id))?.steps?.map(({ what }) => what)).toEqual(['submitted', 'approved']);
  });

  it('goes back with a remark, comes again, and is edited with the words before kept', async () => {
    const id = await askPublished(room);
    await handIn(id, '大概明年吧，再看看。');
    await returnAnswer(room.people.reviewer, { ...(await which(id)), remark: '请写明依据和时间。' });
    expect((await first(id))?.pending).toMatchObject({ stage: 'returned', returned: { remark: '请写明依据和时间。' } });
    expect(await outcome(approve(id))).toBe('conflict interview-review.now-returned');
    await handIn(id, '依据年度计划，明年六月开工。');
    await reviseAnswer(room.people.reviewer, { ...(await which(id)), text: '依据年度计划，明年六月底前开工。' });
    expect(await words(id)).toEqual([]);
    await approve(id);
    expect(await words(id)).toEqual(['依据年度计划，明年六月底前开工。']);
    const answer = await first(id);
    expect(answer?.draft).toBe('依据年度计划，明年六月底前开工。');
    expect(answer?.steps?.map(({ what, text }) => `${what} ${text}`)).toEqual([
      'submitted 大概明年吧，再看看。',
      'returned 大概明年吧，再看看。',
      'submitted 依据年度计划，明年六月开工。',
      'edited 依据年度计划，明年六月底前开工。',
      'approved 依据年度计划，明年六月底前开工。',
    ]);
  });

  it('reviews corrections too: the old words stay out until then, and are kept', async () => {
    const id = await askPublished(room);
    await handIn(id, '补贴每台二十万元。');
    await approve(id);
    await handIn(id, '补贴每台二十二万元。');
    expect(await words(id)).toEqual(['补贴每台二十万元。']);
    await approve(id);
    expect(await shown(id)).toMatchObject({ answers: [{ text: '补贴每台二十二万元。', corrected: true }] });
    expect((await first(id))?.earlier.map(({ text }) => text)).toEqual(['补贴每台二十万元。']);
  });

  it('tells the later of two: a wording that changed is not let through unseen', async () => {
    const id = await askPublished(room);
    await handIn(id, '第一稿，请审核。');
    const seen = await which(id);
    await handIn(id, '第二稿，请审核。');
    const late = approveAnswer(room.people.reviewer, seen);
    await expect(late).rejects.toMatchObject({
      told: { key: 'interview-review.changed-meanwhile', params: { text: '第二稿，请审核。' } },
    });
    const now = await which(id);
    const both = await Promise.all(
      ['甲改的答复文字。', '乙改的答复文字。'].map((text) =>
        outcome(reviseAnswer(room.people.reviewer, { ...now, text })),
      ),
    );
    expect(both.sort()).toEqual(['conflict interview-review.changed-meanwhile', 'done']);
    expect(await words(id)).toEqual([]);
    // Taken back and handed in anew: an old screen never fits the new words
    const old = await which(id);
    await withdrawAnswer(room.people.guest, { ...old, guestId: room.guestId });
    expect(await outcome(approveAnswer(room.people.reviewer, old))).toBe('conflict interview-review.withdrawn');
    await handIn(id, '第三稿，请审核。');
    expect(await outcome(approveAnswer(room.people.reviewer, old))).toBe('conflict interview-review.changed-meanwhile');
  });

  it.each(['host', 'guest', 'screener', 'recorder', 'director'] as const)('is not for the %s', async (role) => {
    const id = await askPublished(room);
    await handIn(id, '这条答复等待审核。');
    for (const act of [approveAnswer, returnAnswer, reviseAnswer]) {
      const input = { ...(await which(id)), remark: '不行不行', text: '改过的文字' };
      expect(await outcome(act(room.people[role], input))).toBe('forbidden interview.errors.not-your-role');
    }
  });

  it('follows the city where the interview says nothing, and an answer handed in before keeps its way', async () => {
    const other = await makeInterview('live');
    const answer = async (text: string) => {
      const questionId = await askPublished(other);
      const input = { interviewId: other.id, questionId, guestId: other.guestId, text, version: 0 };
      return (await publishAnswer(other.people.guest, input)).stage;
    };
    expect(await answer('没有开启时直接发布。')).toBe('out');
    await storeSetting('interview.answer-review', true, 'test');
    expect(await answer('全市开启后先审核。')).toBe('reviewing');
    await setAnswerReview(system, { interviewId: other.id, review: 'off' });
    expect(await answer('这一场自己不审核。')).toBe('out');
    await storeSetting('interview.answer-review', null, 'test');
    expect(await outcome(setAnswerReview(other.people.host, { interviewId: other.id, review: 'off' }))).toBe(
      'forbidden interview.errors.not-your-role',
    );
  });
});

describe('an answer to a question that is not public yet', () => {
  it('goes out with its question, in one write, and is away again when that is undone', async () => {
    const plain = await makeInterview('live');
    const questionId = await ask(plain.id);
    await passQuestion(plain.people.screener, { interviewId: plain.id, questionId, to: `guest:${plain.guestId}` });
    const input = {
      interviewId: plain.id,
      questionId,
      guestId: plain.guestId,
      text: '先写好，等提问公开。',
      version: 0,
    };
    expect(await publishAnswer(plain.people.guest, input)).toMatchObject({ stage: 'ready' });
    const row = async () => (await roomView('interview', plain.id, 'public')).rows.find(({ id }) => id === questionId);
    expect(await row()).toBeUndefined();
    await publishQuestion(plain.people.screener, { interviewId: plain.id, questionId });
    expect(await row()).toMatchObject({ state: 'answered', answers: [{ text: '先写好，等提问公开。' }] });
    await undoDecision(plain.people.screener, { interviewId: plain.id, questionIds: [questionId] });
    expect((await row())?.['text']).toBeUndefined();
    await publishQuestion(plain.people.screener, { interviewId: plain.id, questionId });
    expect(await row()).toMatchObject({ state: 'answered' });
  });

  it('waits while the question is hidden, and comes back with it', async () => {
    const id = await askPublished(room);
    await handIn(id, '隐藏期间审核通过。');
    await hideQuestion(room.people.host, { interviewId: room.id, questionId: id });
    expect(await approve(id)).toEqual({ stage: 'ready' });
    expect((await shown(id))?.answers).toBeUndefined();
    await showQuestion(room.people.host, { interviewId: room.id, questionId: id });
    expect(await words(id)).toEqual(['隐藏期间审核通过。']);
  });
});

describe('a joint answer', () => {
  const jointly = async () => {
    const questionId = await askPublished(room);
    const to = `guest:${room.guestId}`;
    const both = { interviewId: room.id, questionId, to, jointly: [room.guestId, room.secondGuestId] };
    await passQuestion(room.people.screener, both);
    return questionId;
  };
  const agree = async (id: string) => agreeToAnswer(system, { ...(await which(id)), guestId: room.secondGuestId });

  it('is signed by both, agreed to by the other and reviewed, in this order', async () => {
    const id = await jointly();
    expect(await handIn(id, '两家一起答复您。')).toMatchObject({ stage: 'agreeing' });
    expect(await outcome(approve(id))).toBe('conflict interview-review.now-agreeing');
    expect(await agree(id)).toEqual({ stage: 'reviewing' });
    expect(await approve(id)).toEqual({ stage: 'out' });
    expect(await shown(id)).toMatchObject({ answers: [{ text: '两家一起答复您。', cosigners: [{ name: '高敏' }] }] });
  });

  it('is agreed to anew when its words change, also by the reviewer, and then goes out by itself', async () => {
    const id = await jointly();
    await handIn(id, '第一稿，一起答复。');
    await declineAnswer(system, { ...(await which(id)), guestId: room.secondGuestId, remark: '请补上我们的部分。' });
    expect((await first(id))?.pending).toMatchObject({ stage: 'returned', returned: { by: '高敏' } });
    await handIn(id, '第二稿，一起答复。');
    await agree(id);
    expect(await approve(id, { text: '第三稿，审核人改过。' })).toEqual({ stage: 'agreeing' });
    expect(await words(id)).toEqual([]);
    expect(await agree(id)).toEqual({ stage: 'out' });
    expect(await words(id)).toEqual(['第三稿，审核人改过。']);
  });

  it('is agreed to only for a guest who signs it', async () => {
    const id = await jointly();
    await handIn(id, '等待同意的文字。');
    const input = await which(id);
    const guestId = room.secondGuestId;
    const refused = 'forbidden interview.errors.not-your-guest';
    expect(await outcome(agreeToAnswer(room.people.guest, { ...input, guestId }))).toBe(refused);
    expect(await outcome(agreeToAnswer(room.people.guest, { ...input, guestId: room.guestId }))).toBe(refused);
    expect(await outcome(agreeToAnswer(room.people.screener, { ...input, guestId }))).toBe(
      'forbidden interview.errors.not-your-role',
    );
  });

  it('needs a guest who writes it', async () => {
    const questionId = await askPublished(room);
    const to = `department:${room.departmentId}`;
    const input = { interviewId: room.id, questionId, to, jointly: [room.secondGuestId] };
    expect(await outcome(passQuestion(room.people.screener, input))).toBe('invalid errors.invalid');
  });
});
