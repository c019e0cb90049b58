import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import { type Letter, shelfMailer, smtpMailer } from '../../src/platform/mailer.ts';
import { shelvedLetters, ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { declareJobs, enqueue, runDueJobs } from '../../src/platform/queue/queue.ts';
import { notification, sendMail, setMailWanted, useMailer } from '../../src/notification/index.ts';
import { pickUpMailsJob, removeOldMailsJob, sendMailJob } from '../../src/notification/jobs.ts';
import { MailModel, openMail } from '../../src/notification/mailModel.ts';
import { useDatabase } from '../support/database.ts';
import { PostOffice } from './smtp.ts';

useDatabase(notification.models);
const office = new PostOffice();
const code = { template: 'identity/code', language: 'zh-CN', data: { code: '482913', minutes: 10 } } as const;
const minutesOn = (minutes: number) => setClock(() => new Date(Date.now() + minutes * 60_000));

beforeAll(async () => {
  declareJobs([sendMailJob]);
  await office.open();
});
beforeEach(async () => {
  useMailer(smtpMailer(office.url));
  office.received.length = 0;
  await MailModel.deleteMany({});
});
afterEach(() => setClock());
afterAll(async () => {
  useMailer();
  await office.close();
});

const onlyRow = () => MailModel.findOne().lean();

describe('a mail to a real mail server', () => {
  it.each([
    ['zh-CN', '您的登录验证码：482913', '10 分钟内有效'],
    ['en', 'Your sign-in code: 482913', 'good for 10 minutes'],
  ] as const)('arrives whole in %s, as text and as HTML', async (language, subject, words) => {
    await sendMail({ ...code, language, to: 'citizen@example.com' });
    await runDueJobs();
    expect(office.received).toHaveLength(1);
    const [mail] = office.received;
    expect(mail).toMatchObject({ subject, envelopeTo: ['citizen@example.com'] });
    expect(mail?.text).toContain('482913');
    expect(mail?.text).toContain(words);
    expect(mail?.text).not.toMatch(/<[a-z]|&[a-z]+;/);
    expect(mail?.html).toContain('482913');
    expect(mail?.html).toContain(words);
    expect(mail?.html).toContain(`lang="${language}"`);
    expect(mail?.html).not.toMatch(/<script|<img|https?:\/\/(?!localhost)/);
  });

  it('sends what lay open before mails were sealed, and keeps nothing of it either', async () => {
    const open = { to: 'citizen@example.com', subject: '旧邮件', text: '以前的话', headers: {}, language: 'zh-CN' };
    const row = {
      _id: 'of-before',
      state: 'queued',
      template: 'identity/code',
      attempts: 0,
      createdAt: new Date(),
      ...open,
    };
    await MailModel.collection.insertOne(row as never);
    await enqueue(sendMailJob, { mailId: 'of-before' });
    await runDueJobs();
    expect(office.received).toMatchObject([{ subject: '旧邮件', envelopeTo: ['citizen@example.com'] }]);
    expect(JSON.stringify(await onlyRow())).not.toMatch(/citizen@example|旧邮件|以前的话/);
  });

  it('keeps nothing of what it said once it is gone', async () => {
    const mailId = await sendMail({ ...code, to: 'citizen@example.com', onceKey: 'letter-of-somebody' });
    const waiting = await onlyRow();
    expect(waiting && openMail(waiting)).toMatchObject({ to: 'citizen@example.com' });
    await runDueJobs();
    const row = await onlyRow();
    expect(row).toMatchObject({ _id: mailId, state: 'sent', attempts: 1 });
    // Whoever reads the database learns neither the words nor the address nor the letter, before and after
    for (const seen of [waiting, row]) {
      expect(JSON.stringify(seen)).not.toMatch(/482913|citizen@example|letter-of-somebody/);
    }
    expect(row && openMail(row)).toMatchObject({ to: '' });
    expect(await sendMail({ ...code, to: 'citizen@example.com', onceKey: 'letter-of-somebody' })).toBeNull();
  });

  it('is sent once, however often it is asked for with one key and however often its job runs', async () => {
    for (let time = 0; time < 3; time += 1) await sendMail({ ...code, to: 'citizen@example.com', onceKey: 'reply 7' });
    await runDueJobs();
    const row = await onlyRow();
    for (let time = 0; time < 3; time += 1) await enqueue(sendMailJob, { mailId: row?._id ?? '' });
    expect(await runDueJobs()).toBe(3);
    expect(office.received).toHaveLength(1);
  });

  it('waits while the server is away, and arrives when it is back', async () => {
    await office.close();
    await sendMail({ ...code, to: 'citizen@example.com' });
    await runDueJobs();
    expect(await onlyRow()).toMatchObject({
      state: 'queued',
      attempts: 1,
      failure: expect.stringContaining('ESOCKET'),
    });
    minutesOn(1);
    await runDueJobs();
    expect(await onlyRow()).toMatchObject({ state: 'queued', attempts: 2 });
    await office.open();
    minutesOn(3);
    await runDueJobs();
    expect(await onlyRow()).toMatchObject({ state: 'sent', attempts: 3 });
    expect(office.received).toHaveLength(1);
  });

  it('bears the same Message-ID when it is sent a second time after a crash', async () => {
    const mailId = await sendMail({ ...code, to: 'citizen@example.com' });
    const before = await onlyRow();
    await runDueJobs();
    await MailModel.replaceOne({ _id: mailId }, { ...before, _id: mailId }); // the crash: sent, but not written down
    await enqueue(sendMailJob, { mailId: mailId ?? '' });
    await runDueJobs();
    expect(office.received.map((mail) => mail.messageId)).toEqual([`<${mailId}@localhost>`, `<${mailId}@localhost>`]);
  });

  it.each([
    ['nobody@example.com', 'failed', 1],
    ['later@example.com', 'queued', 1],
  ])('to %s ends %s', async (to, state, attempts) => {
    await sendMail({ ...code, to });
    await runDueJobs();
    expect(await onlyRow()).toMatchObject({ state, attempts });
    expect(office.received).toHaveLength(0);
  });

  it('is given up after the last try and no longer holds its words', async () => {
    await sendMail({ ...code, to: 'later@example.com' });
    for (let time = 1; time <= 25; time += 1) {
      minutesOn(time * 120);
      await runDueJobs();
    }
    const row = await onlyRow();
    expect(row).toMatchObject({ state: 'failed', attempts: 20 });
    expect(JSON.stringify(row)).not.toContain('482913');
  });

  it('is not sent when it would come too late', async () => {
    await sendMail({ ...code, to: 'citizen@example.com', until: new Date(Date.now() + 600_000) });
    minutesOn(11);
    await runDueJobs();
    expect(await onlyRow()).toMatchObject({ state: 'failed', failure: 'too-late' });
    expect(office.received).toHaveLength(0);
  });

  it('that was stored by a process which then died is picked up', async () => {
    await sendMail({ ...code, to: 'citizen@example.com' });
    await MailModel.db.collection('jobs').deleteMany({ name: sendMailJob.name });
    expect(await runDueJobs()).toBe(0);
    minutesOn(3);
    await enqueue(pickUpMailsJob, {});
    await runDueJobs([sendMailJob, { ...pickUpMailsJob, cron: undefined }]);
    expect(office.received).toHaveLength(1);
  });
});

describe('nothing that a person typed', () => {
  const evil = 'x\r\nBcc: victim@example.com\r\n\r\nbody';
  const letter: Letter = {
    messageId: '<a@localhost>',
    from: { name: evil, address: 'city@example.com' },
    to: 'citizen@example.com',
    subject: evil,
    text: 'text',
    html: '<p>text</p>',
    headers: { 'List-Unsubscribe': evil },
  };

  it('adds a header or an addressee', async () => {
    await smtpMailer(office.url).send(letter);
    const [mail] = office.received;
    expect(mail?.envelopeTo).toEqual(['citizen@example.com']);
    expect(mail?.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail?.subject).toBe('x Bcc: victim@example.com body');
    expect(mail?.text?.trim()).toBe('text');
  });

  it.each([
    'a@example.com\r\nRCPT TO:<victim@example.com>',
    'a@example.com, victim@example.com',
    '"a@example.com" <victim@example.com>',
    'a@example.com>',
    '',
  ])('passes as the address %j', async (to) => {
    await expect(smtpMailer(office.url).send({ ...letter, to })).rejects.toThrow();
    await expect(sendMail({ ...code, to })).rejects.toThrow();
    expect(office.received).toHaveLength(0);
  });

  it('can name a header', async () => {
    const headers = { 'X-A: 1\r\nBcc': 'victim@example.com' };
    await expect(smtpMailer(office.url).send({ ...letter, headers })).rejects.toThrow();
  });

  it('is markup in a mail', async () => {
    await sendMail({ ...code, to: 'citizen@example.com', data: { code: '<img src=x onerror=alert(1)>', minutes: 10 } });
    await runDueJobs();
    expect(office.received[0]?.html).not.toContain('<img');
    expect(office.received[0]?.html).toContain('&lt;img');
  });
});

describe('a topic that the reader does not want', () => {
  const reminder = { ...code, to: 'reader@example.com', topic: 'interview-reminder' };

  it('is not sent, whatever the spelling of the address, until it is wanted again', async () => {
    await setMailWanted('Reader@Example.com', 'interview-reminder', false);
    expect(await sendMail(reminder)).toBeNull();
    expect(await sendMail({ ...code, to: 'reader@example.com' })).not.toBeNull();
    await setMailWanted('reader@example.com', 'interview-reminder', true);
    expect(await sendMail(reminder)).not.toBeNull();
  });

  it('is not sent when the no came after the mail was written', async () => {
    await sendMail(reminder);
    await setMailWanted(reminder.to, reminder.topic, false);
    await runDueJobs();
    expect(await onlyRow()).toMatchObject({ state: 'failed', failure: 'unsubscribed' });
    await setMailWanted(reminder.to, reminder.topic, true);
  });
});

describe('the shelf of the demo city', () => {
  it('holds a letter once, however often it is brought', async () => {
    useMailer(shelfMailer());
    const mailId = await sendMail({ ...code, to: 'citizen@example.com' });
    const before = await onlyRow();
    await runDueJobs();
    await MailModel.replaceOne({ _id: mailId }, { ...before, _id: mailId });
    await enqueue(sendMailJob, { mailId: mailId ?? '' });
    await runDueJobs();
    expect(await shelvedLetters(10)).toMatchObject([{ to: 'citizen@example.com', subject: '您的登录验证码：482913' }]);
  });

  it('is cleared after the days of the setting, and so are the records of mails', async () => {
    useMailer(shelfMailer());
    await sendMail({ ...code, to: 'citizen@example.com' });
    await runDueJobs();
    minutesOn(29 * 1440);
    await removeOldMailsJob.run({}, { attempt: 1, last: false });
    expect(await MailModel.countDocuments()).toBe(1);
    minutesOn(31 * 1440);
    await removeOldMailsJob.run({}, { attempt: 1, last: false });
    expect(await MailModel.countDocuments()).toBe(0);
    expect(await ShelvedLetterModel.countDocuments()).toBe(0);
  });
});
