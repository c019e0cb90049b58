import { describe, expect, it } from '@jest/globals';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { archiveInterview } from '../../src/interview/actions/archiveInterview.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { confirmRecord } from '../../src/interview/actions/confirmRecord.ts';
import { decideCorrection } from '../../src/interview/actions/decideCorrection.ts';
import { proposeCorrection } from '../../src/interview/actions/proposeCorrection.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { approveAnswer } from '../../src/interview/actions/reviewAnswer.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { checkOf } from '../../src/interview/record/checkModel.ts';
import { guestChecks } from '../../src/interview/record/checkStates.ts';
import { TurnModel } from '../../src/interview/turnModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeStaff } from '../support/identity.ts';
import { askPublished, makeInterview, outcome, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();

async function closedInterview() {
  const interview = await makeInterview('live');
  const { recorder, guest } = interview.people;
  const base = { interviewId: interview.id, formKey: newId(16) };
  const turn = await addTurn(recorder, { ...base, speakerId: interview.guestId, text: '今年改造一百部电梯。' });
  await addTurn(recorder, { ...base, formKey: newId(16), speakerId: interview.secondGuestId, text: '物业来管。' });
  const questionId = await askPublished(interview);
  const which = { interviewId: interview.id, questionId, guestId: interview.guestId, version: 0 };
  await publishAnswer(guest, { ...which, text: '每部补贴二十万元。' });
  await closeInterview(system, { interviewId: interview.id });
  return { interview, turn, questionId };
}
const stateOf = async ({ id, guestId }: TestInterview) => {
  const stored = await InterviewModel.findById(id).lean();
  const found = (await guestChecks(stored as never)).find(({ guest }) => guest.id === guestId);
  return { state: found?.state, words: found?.words ?? '' };
};
const confirm = async (interview: TestInterview, actor = interview.people.guest, more: object = {}) => {
  const { words } = await stateOf(interview);
  return outcome(confirmRecord(actor, { interviewId: interview.id, guestId: interview.guestId, words, ...more }));
};

describe('guests check the record', () => {
  it('proposes, the recorder takes or declines, then the guest confirms; a later correction reopens it', async () => {
    const { interview, turn, questionId } = await closedInterview();
    const { guest, recorder } = interview.people;
    const which = { interviewId: interview.id, guestId: interview.guestId };
    const propose = (kind: string, passageId: string, text: string) =>
      outcome(proposeCorrection(guest, { ...which, kind, passageId, text }));
    expect(await propose('turn', turn._id, turn.text)).toBe('invalid errors.invalid');
    expect(await propose('turn', turn._id, '今年改造两百部电梯。')).toBe('done');
    expect(await propose('turn', turn._id, '今年改造二百部电梯。')).toBe('done'); // replaces the first
    expect(await propose('answer', questionId, '每部补贴三十万元。')).toBe('done');
    const { proposals } = await checkOf(interview.id, interview.guestId);
    expect(proposals.map(({ text }) => text)).toEqual(['今年改造二百部电梯。', '每部补贴三十万元。']);
    expect(await confirm(interview)).toBe('conflict interview-check.errors.still-open');
    const [first, second] = proposals.map(({ id }) => id);
    const decide = (proposalId: string | undefined, more: object) =>
      outcome(decideCorrection(recorder, { ...which, proposalId, ...more }));
    expect(await decide(first, { version: 9, decision: 'take' })).toBe(
      'conflict interview.errors.turn-changed-meanwhile',
    );
    expect(await decide(first, { version: 1, decision: 'take' })).toBe('done');
    expect(await decide(first, { version: 1, decision: 'take' })).toBe('conflict interview-check.errors.decided');
    expect(await decide(second, { version: 1, decision: 'decline' })).toBe('invalid errors.invalid');
    expect(await decide(second, { version: 1, decision: 'take' })).toBe('done');
    expect(await TurnModel.findById(turn._id).lean()).toMatchObject({ text: '今年改造二百部电梯。', earlier: [{}] });
    const question = await QuestionModel.findById(questionId).lean();
    expect(question?.answers[0]).toMatchObject({
      text: '每部补贴三十万元。',
      earlier: [{ text: '每部补贴二十万元。' }],
    });
    expect(await confirm(interview, guest, { words: 'older' })).toBe('conflict interview-check.errors.record-changed');
    expect(await confirm(interview)).toBe('done');
    expect((await stateOf(interview)).state).toBe('confirmed');
    await addTurn(recorder, { ...which, speakerId: interview.guestId, text: '再补一句。', formKey: newId(16) });
    expect((await stateOf(interview)).state).toBe('changed');
    const trail = (await InterviewModel.findById(interview.id).lean())?.trail.map(({ verb }) => verb);
    expect(trail).toEqual(expect.arrayContaining(['propose-correction', 'take-correction', 'confirm-record']));
  });

  it('takes a correction of an answer through review where answers are reviewed', async () => {
    const { interview, questionId } = await closedInterview();
    const { guest, recorder, reviewer } = interview.people;
    await setAnswerReview(system, { interviewId: interview.id, review: 'on' });
    const which = { interviewId: interview.id, guestId: interview.guestId };
    const [old, better] = ['每部补贴二十万元。', '每部补贴二十二万元。'];
    await proposeCorrection(guest, { ...which, kind: 'answer', passageId: questionId, text: better });
    const [proposal] = (await checkOf(interview.id, interview.guestId)).proposals;
    const taken = { ...which, proposalId: proposal?.id, version: 1, decision: 'take' };
    expect(await decideCorrection(recorder, taken)).toEqual({ waits: true });
    const answer = async () => (await QuestionModel.findById(questionId).lean())?.answers[0];
    expect(await answer()).toMatchObject({ text: old, earlier: [], pending: { text: better, stage: 'reviewing' } });
    const page = async () => {
      const visitor = new Visitor(app.base);
      visitor.setCookie('wz_session', decodeURIComponent((await staffCookie(guest.id)).value));
      return (await visitor.open(`/office/interviews/${interview.id}/checking`)).html;
    };
    expect(await page()).toMatch(/正在等 reviewer甲 审核[\s\S]*大家看到的仍是上面的文字[\s\S]*还没有公开/);
    expect(await page()).not.toContain('已采用');
    const { id: answerId = '', pending } = (await answer()) ?? {};
    const seen = { interviewId: interview.id, questionId, answerId, version: pending?.version };
    await approveAnswer(reviewer, seen);
    expect(await answer()).toMatchObject({ text: better, earlier: [{ text: old }], pending: null });
    expect(await page()).toContain('已采用');
    expect(await page()).not.toContain('审核，通过后自动公开');
  });

  it('nobody else confirms; an organiser notes how it was done', async () => {
    const { interview } = await closedInterview();
    const head = await actorFor(await makeStaff({ roles: [{ role: 'head', departmentId: interview.departmentId }] }));
    expect(await confirm(interview, interview.people.screener)).toBe('forbidden interview.errors.not-your-guest');
    expect(await confirm(interview, head)).toBe('invalid errors.invalid');
    expect(await confirm(interview, head, { note: '纸质签字' })).toBe('done');
  });

  it('archiving waits for it only where the setting says so; the archive says who has not', async () => {
    const { interview } = await closedInterview();
    const clerk = await actorFor(await makeStaff({ roles: [{ role: 'clerk', departmentId: interview.departmentId }] }));
    await storeSetting('interview.check-before-archive', true, 'test');
    const archive = () => outcome(archiveInterview(clerk, { interviewId: interview.id }));
    expect(await archive()).toBe('conflict interview-check.errors.not-confirmed');
    await confirm(interview);
    expect(await archive()).toBe('conflict interview-check.errors.not-confirmed'); // the second guest
    await storeSetting('interview.check-before-archive', false, 'test');
    expect(await archive()).toBe('done');
    const html = await (await fetch(`${app.base}/interviews/${interview.id}`)).text();
    const words = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(words).toMatch(/林建平.{1,40}经嘉宾核对/);
    expect(words).toMatch(/高敏.{1,40}尚未经嘉宾核对/);
    const late = {
      interviewId: interview.id,
      guestId: interview.guestId,
      kind: 'turn',
      passageId: newId(),
      text: '改',
    };
    expect(await outcome(proposeCorrection(interview.people.guest, late))).toBe(
      'conflict interview-check.errors.no-correction-archived',
    );
  });
});
