import { describe, expect, it } from '@jest/globals';
import { archiveInterview } from '../../src/interview/actions/archiveInterview.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { findInterview } from '../../src/interview/interviewModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { mineRow } from '../../src/interview/rows.ts';
import { useApp } from '../support/app.ts';
import { makeStaff } from '../support/identity.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();

/** Somebody at the browser, signed in to an account of the staff. */
async function at(accountId: string): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  const { name, value } = await staffCookie(accountId);
  visitor.setCookie(name, value);
  visitor.setCookie('wz_lang', 'zh-CN');
  return visitor;
}

async function organiserOf({ departmentId }: TestInterview): Promise<Visitor> {
  return at((await makeStaff({ roles: [{ role: 'clerk', departmentId }] })).id);
}

const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const stateOf = async (id: string) => (await QuestionModel.findById(id).lean())?.state;

describe('archiving', () => {
  it('shows what is left and refuses while an answer is under way, with nothing decided', async () => {
    const interview = await makeInterview('live');
    await setAnswerReview(system, { interviewId: interview.id, review: 'on' });
    const questionId = await askPublished(interview);
    const unseen = await ask(interview.id);
    const answer = { interviewId: interview.id, questionId, guestId: interview.guestId, text: '六月底前完工。' };
    await publishAnswer(system, { ...answer, version: 0 });
    await closeInterview(system, { interviewId: interview.id });
    const organiser = await organiserOf(interview);
    const { html } = await organiser.open(`/office/interviews/${interview.id}`);
    expect(words(html)).toContain('答复已提交、还没有公开：1 条');
    expect(words(html)).toContain('问题还没有审核：1 个');
    expect(html).toContain(`/office/interviews/${interview.id}/reviewing`);
    expect(html).not.toContain(`action="/office/interviews/${interview.id}/archive"`);
    const refused = await organiser.send(`/office/interviews/${interview.id}/archive`, { reason: 'not-reached' });
    expect(refused.status).toBe(409);
    expect(words(await refused.text())).toContain('有 1 条答复已经提交、还没有公开');
    expect((await findInterview(interview.id)).state).toBe('closed');
    expect(await stateOf(unseen)).toBe('received');
  });

  it('decides on everything unseen for one reason, and has the open ones answered afterwards by a fixed day', async () => {
    const interview = await makeInterview('live');
    const open = await askPublished(interview);
    const done = await askPublished(interview, undefined, '公交站台太高，轮椅上不去，能不能改造？');
    const which = { interviewId: interview.id, guestId: interview.guestId };
    await publishAnswer(system, { ...which, questionId: done, text: '已经改造。', version: 0 });
    const unseen = [await ask(interview.id), await ask(interview.id)];
    await closeInterview(system, { interviewId: interview.id });
    const organiser = await organiserOf(interview);
    const home = `/office/interviews/${interview.id}`;
    await organiser.open(home);
    const none = await organiser.send(`${home}/archive`, {});
    expect(none.status).toBe(422);
    expect(words(await none.text())).toContain('请选择不采用的原因');
    const wordless = await organiser.send(`${home}/archive`, { reason: 'other' });
    expect(wordless.status).toBe(422);
    expect((await organiser.send(`${home}/archive`, { reason: 'not-reached' })).status).toBe(303);
    for (const id of unseen) {
      const question = await QuestionModel.findById(id).lean();
      expect(question).toMatchObject({ state: 'rejected', rejection: { reason: 'not-reached' } });
    }
    const archived = await findInterview(interview.id);
    expect(archived.followUp?.rule).toMatchObject({ key: 'interview.follow-up-days', amount: 7, unit: 'working-days' });
    expect(archived.followUp?.deadline.dueAt?.getTime()).toBeGreaterThan(archived.archivedAt?.getTime() ?? Infinity);
    const left = await QuestionModel.findById(open).lean();
    expect(left && mineRow(left, archived)).toMatchObject({ label: 'owed', next: 'owed' });
    const visitor = new Visitor(app.base);
    visitor.setCookie('wz_lang', 'zh-CN');
    expect(words((await visitor.open(`/interviews/${interview.id}`)).html)).toMatch(
      /负责继续答复。 最迟 .+ 前在这里公开答复/,
    );
    expect(words((await organiser.open(home)).html)).toMatch(/还剩 1 个.+最迟答复日期/);

    const guest = await at(interview.accounts.guest.id);
    const desk = (await guest.open(`${home}/answering`)).html;
    expect(desk).toContain(`answer-${open}`);
    expect(desk).not.toContain(`answer-${done}`);
    const late = { guestId: interview.guestId, text: '经研究，明年开工。' };
    const corrected = await guest.send(`${home}/answering/${done}/publish`, { ...late, version: '1' });
    expect(corrected.status).toBe(409);
    // The guest may be gone: their department answers for them
    expect((await organiser.open(`${home}/answering`)).html).toContain(`answer-${open}`);
    const sent = await organiser.send(`${home}/answering/${open}/publish`, { ...late, version: '0' });
    expect(sent.status).toBe(303);
    expect(await stateOf(open)).toBe('answered');
    const page = words((await visitor.open(`/interviews/${interview.id}`)).html);
    expect(page).toContain('经研究，明年开工。');
    expect(page).not.toContain('尚未答复');
    expect((await organiser.open(home)).html).not.toContain('id="owed"');
  });

  it('names nothing when nothing is left', async () => {
    const interview = await makeInterview('closed');
    const organiser = await organiserOf(interview);
    expect((await organiser.open(`/office/interviews/${interview.id}`)).html).toContain('该办的都办了');
    await archiveInterview(system, { interviewId: interview.id });
    expect((await findInterview(interview.id)).followUp).toBeNull();
  });
});
