import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createAccount } from '../../src/identity/actions/createAccount.ts';
import { changeAccount } from '../../src/identity/actions/changeAccount.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import { deliverOutbox } from '../../src/mailbox/deliver.ts';
import * as act from '../../src/mailbox/index.ts';
import { changePreference } from '../../src/notification/index.ts';
import { MailModel, openMail, type Mail } from '../../src/notification/mailModel.ts';
import { setDepartmentAddress } from '../../src/organization/actions/setDepartmentAddress.ts';
import { useApp } from '../support/app.ts';
import { makeCitizen } from '../support/identity.ts';
import { visitor } from '../support/letterVisitor.ts';
import {
  letterIn,
  letterText,
  makeOffice,
  replyText,
  writeLetter,
  type Office,
  type Written,
} from '../support/mailbox.ts';

const app = useApp();
let office: Office;
beforeAll(async () => {
  office = await makeOffice();
  await setDepartmentAddress(systemActor('test'), { id: office.departmentId, email: 'Water@example.com' });
});
afterEach(() => setClock());
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
/** Mails about a letter that went out so far, to whom and with which first word of their subject. */
async function mailsAbout({ id, number }: Written): Promise<Mail[]> {
  await deliverOutbox(id);
  return (await MailModel.find().lean()).map(openMail).filter(({ subject }) => subject?.includes(number));
}
const subjects = async (letter: Written, to = letterText.email) =>
  (await mailsAbout(letter)).filter((mail) => mail.to === to).map(({ subject = '' }) => subject.split('（')[0]);

async function answer({ id: letterId }: Written) {
  await act.submitForSignOff(office.handler, { letterId, text: replyText });
  await act.signOff(office.head, { letterId });
  await act.releaseReply(office.clerk, { letterId });
}

describe('the writer is told', () => {
  it.each([
    ['all', ['我们收到了您的来信', '您的来信已受理', '您的来信已交办', '您的来信有答复了']],
    ['needed', ['我们收到了您的来信', '您的来信有答复了']],
    ['none', []],
  ])('%s of it, as they chose', async (extent, told) => {
    at('2026-11-18T10:00');
    const letter = await letterIn('replied', office, { extent });
    expect(await subjects(letter)).toEqual(told);
  });

  it('nothing by mail who wants text messages', async () => {
    at('2026-11-18T10:00');
    expect(await subjects(await letterIn('assigned', office, { way: 'sms' }))).toEqual([]);
  });

  it('as they choose later on the page of the letter, where their address is shown in part only', async () => {
    at('2026-11-18T10:00');
    const letter = await letterIn('assigned', office);
    const who = visitor(app.base);
    await who.open('/letters/track');
    await who.send('/letters/track', { number: letter.number, code: letter.code });
    const path = `/letters/track/${letter.number}`;
    const { text } = await who.open(path);
    expect(text).toContain('wa****@example.com');
    expect(text).not.toContain(letterText.email);
    expect(text).not.toContain(letterText.phone);
    const before = (await subjects(letter)).length;
    expect((await who.send(`${path}/contact`, { extent: 'none', way: 'mail' })).status).toBe(303);
    await answer(letter);
    expect(await subjects(letter)).toHaveLength(before);
    // The rest of what is sealed is as it was
    expect(await act.revealWriter(office.clerk, { letterId: letter.id })).toMatchObject({ name: letterText.name });
    expect((await visitor(app.base).send(`${path}/contact`, { extent: 'all' })).status).toBe(404);
  });

  it('by their account, for every letter without a wish of its own', async () => {
    at('2026-11-18T10:00');
    const citizen = await makeCitizen();
    const [plain, own] = [await writeLetter({}, citizen), await writeLetter({ extent: 'needed' }, citizen)];
    await changePreference(citizen, { extent: 'none' });
    await act.declineLetter(office.clerk, { letterId: plain.id, reason: '不属于本市政府职责范围' });
    await act.declineLetter(office.clerk, { letterId: own.id, reason: '不属于本市政府职责范围' });
    expect([await subjects(plain), await subjects(own)]).toEqual([[], ['我们收到了您的来信', '您的来信未能受理']]);
  });

  it('no more of the course after one click in a mail, but of the answer', async () => {
    at('2026-11-18T10:00');
    const email = 'leave-me@example.com';
    const letter = await letterIn('accepted', office, { email });
    const mail = (await mailsAbout(letter)).find(({ subject }) => subject?.startsWith('您的来信已受理'));
    const link = /<([^>]+)>/.exec(mail?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
    const { pathname } = new URL(link);
    const init = { method: 'POST', body: 'List-Unsubscribe=One-Click' };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(`${app.base}${pathname}`, { ...init, headers })).status).toBe(200);
    await act.assignLetter(office.clerk, { letterId: letter.id, departmentId: office.departmentId });
    await answer(letter);
    expect(await subjects(letter, email)).toEqual(['我们收到了您的来信', '您的来信已受理', '您的来信有答复了']);
  });
});

describe('a department is told', () => {
  it('at its own address, and the people whose deadline it is at theirs', async () => {
    at('2026-11-18T10:00');
    const { departmentId, administrator } = office;
    const head = await createAccount(administrator, {
      userName: 'a-head',
      displayName: '周局',
      departmentId,
      role: 'head',
      email: 'head@example.com',
    });
    await changeAccount(administrator, {
      id: office.handler.id,
      displayName: office.handler.name,
      departmentId,
      email: 'handler@example.com',
    });
    expect(head.id).toBeTruthy();
    const letter = await letterIn('assigned', office);
    await act.signForLetter(office.handler, { letterId: letter.id });
    await act.urgeLetter(office.supervisor, { letterId: letter.id, note: '请抓紧办理这件来信' });
    const told = (await mailsAbout(letter)).filter(({ to }) => to !== letterText.email);
    expect(told.map(({ to, subject = '' }) => `${subject.split('（')[0]} ${to}`).sort()).toEqual([
      '信件催办 handler@example.com',
      '信件催办 head@example.com',
      '信件催办 water@example.com',
      '有新的信件交办 water@example.com',
    ]);
    // Asked twice after a crash, nobody is told twice
    await mailsAbout(letter);
    expect((await mailsAbout(letter)).length).toBe(told.length + 3);
  });
});
