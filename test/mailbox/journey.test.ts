import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import { declareJobs, runDueJobs } from '../../src/platform/queue/queue.ts';
import { jobs } from '../../src/mailbox/jobs.ts';
import { MailModel } from '../../src/notification/mailModel.ts';
import * as act from '../../src/mailbox/index.ts';
import { sweepLetters } from '../../src/mailbox/sweep.ts';
import { useDatabase } from '../support/database.ts';
import {
  letterIn,
  mailboxModels,
  makeOffice,
  replyText,
  stored,
  writeLetter,
  type Office,
} from '../support/mailbox.ts';

useDatabase(mailboxModels);
let office: Office;
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
beforeAll(async () => {
  office = await makeOffice();
  declareJobs(jobs);
});
afterEach(() => setClock());

describe('one letter, across the National Day of 2026', () => {
  it('goes from the writer to an answer in time', async () => {
    at('2026-09-28T10:00');
    const { id: letterId, number, code, writer } = await writeLetter();
    expect(number).toMatch(/^2026-\d{6}$/);
    await act.acceptLetter(office.clerk, { letterId });
    await act.assignLetter(office.clerk, { letterId, departmentId: office.departmentId });
    const assigned = await stored(letterId);
    // 7 working days from Monday 28 September: 29, 30; holiday 1–7 October; 8, 9, 10 (make-up), 12, 13
    expect(assigned.dueAt?.toISOString()).toBe('2026-10-13T09:00:00.000Z');
    await act.signForLetter(office.handler, { letterId });
    at('2026-10-08T09:30');
    await act.askWriter(office.handler, { letterId, text: '请补充具体楼号和联系时间。' });
    expect(await stored(letterId)).toMatchObject({ dueAt: null, facts: { answerDueAt: null } });
    at('2026-10-10T09:30');
    await act.supplementLetter(writer, { number, code, text: '三号楼二单元，下午在家。' });
    const due = new Date('2026-10-15T09:00:00.000Z');
    expect(await stored(letterId)).toMatchObject({ dueAt: due, facts: { answerDueAt: due } });
    await act.submitForSignOff(office.handler, { letterId, text: replyText });
    await act.signOff(office.head, { letterId });
    await act.releaseReply(office.clerk, { letterId });
    await act.rateLetter(writer, { number, code, satisfaction: 'satisfied', solved: 'yes' });
    const done = await stored(letterId);
    expect(done).toMatchObject({ state: 'replied', open: false, facts: { onTime: true, satisfaction: 'satisfied' } });
    await act.publishLetter(office.clerk, {
      letterId,
      visibility: 'public',
      spans: { title: [], body: [], reply: [] },
    });
    await sweepLetters();
    expect((await stored(letterId)).state).toBe('closed');
    await runDueJobs();
    const mails = await MailModel.find().lean();
    expect(mails.length).toBeGreaterThan(3);
    expect((await stored(letterId)).outbox).toEqual([]);
    expect((await stored(letterId)).outboxAt).toBeNull();
  });

  it('shows in the queues of those who must act', async () => {
    const { id } = await letterIn('drafted', office);
    const head = await act.queuePage(office.head, { queue: 'to-sign-off' });
    expect(head.rows.map((row) => row.id)).toContain(id);
    expect(head.counts['to-sign-off']).toBe(head.total);
    expect((await act.queuePage(office.stranger, { queue: 'all' })).total).toBe(0);
    await act.signOff(office.head, { letterId: id });
    const after = await act.queuePage(office.head, { queue: 'to-sign-off' });
    expect(after.rows.map((row) => row.id)).not.toContain(id);
  });
});
