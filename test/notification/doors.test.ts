import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StaffRole } from '../../src/kernel/actor.ts';
import { shelfMailer } from '../../src/platform/mailer.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { declareJobs, runDueJobs } from '../../src/platform/queue/queue.ts';
import { isMailWanted, sendMail, useMailer } from '../../src/notification/index.ts';
import { sendMailJob } from '../../src/notification/jobs.ts';
import { unsubscribeToken } from '../../src/notification/subscription.ts';
import { Visitor } from '../support/visitor.ts';
import { useSignedInApp } from './signedInApp.ts';

const app = useSignedInApp();
beforeAll(() => declareJobs([sendMailJob]));
afterAll(() => useMailer());

async function staff(...roles: StaffRole[]): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  await visitor.fetch(await app.doorOf(...roles));
  return visitor;
}

async function post(to = 'citizen@example.com', code = '482913', topic?: string): Promise<string> {
  useMailer(shelfMailer());
  await sendMail({
    to,
    template: 'identity/code',
    language: 'zh-CN',
    data: { code, minutes: 10 },
    ...(topic === undefined ? {} : { topic }),
  });
  await runDueJobs();
  const letter = await ShelvedLetterModel.findOne({ to }).sort({ at: -1 }).lean();
  return letter?._id ?? '';
}

describe('the outbox', () => {
  beforeEach(async () => {
    await ShelvedLetterModel.deleteMany({});
  });

  it('says what will be there while it is empty', async () => {
    const { status, html } = await (await staff('administrator')).open('/office/outbox');
    expect(status).toBe(200);
    expect(html).toContain('还没有要寄的邮件');
  });

  it('shows a letter as list entry, text and HTML, in the language of the reader around it', async () => {
    const id = await post();
    const administrator = await staff('administrator');
    const list = await administrator.open('/office/outbox');
    expect(list.html).toContain('您的登录验证码：482913');
    expect(list.html).toContain(`href="/office/outbox/${id}"`);
    const letter = await administrator.open(`/office/outbox/${id}?lang=en`);
    expect(letter.html).toContain('As its reader sees it');
    expect(letter.html).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(letter.html).toContain('验证码 10 分钟内有效');
  });

  it('hands out the HTML of a letter so that it can do nothing', async () => {
    const id = await post();
    const { status, html, response } = await (await staff('administrator')).open(`/office/outbox/${id}/html`);
    expect(status).toBe(200);
    expect(html).toContain('482913');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox allow-popups');
    expect(policy).not.toContain('script');
    expect(response.headers.get('cache-control')).toContain('no-store');
  });

  it('goes on to older letters', async () => {
    const letter = { to: 'a@example.com', text: 't', html: 'h', headers: {} };
    const rows = Array.from({ length: 35 }, (_, n) => ({
      ...letter,
      _id: `letter${n}`,
      subject: `第${n}封`,
      at: new Date(1_700_000_000_000 + n * 1000),
    }));
    await ShelvedLetterModel.insertMany(rows);
    const administrator = await staff('administrator');
    const first = await administrator.open('/office/outbox');
    expect(first.html).toContain('第34封');
    expect(first.html).not.toContain('第4封');
    const older = (/rel="next" href="([^"]+)"/.exec(first.html)?.[1] ?? '').replaceAll('&#x3D;', '=');
    const second = await administrator.open(older);
    expect(second.html).toContain('第4封');
    expect(second.html).toContain('第0封');
    expect(second.html).not.toContain('第5封');
  });

  it.each(['clerk', 'supervisor', 'head', 'handler'] as const)('is not there for a %s', async (role) => {
    const id = await post();
    const visitor = await staff(role);
    for (const path of ['', `/${id}`, `/${id}/html`]) {
      const { status, html } = await visitor.open(`/office/outbox${path}`);
      expect(status).toBe(404);
      expect(html).not.toContain('482913');
    }
  });

  it('asks a visitor to sign in', async () => {
    const { status, response } = await new Visitor(app.base).open('/office/outbox');
    expect(status).toBe(303);
    expect(response.headers.get('location')).toMatch(/^\/office\/sign-in/);
  });

  it.each(['nosuchletter', '%00', 'a'.repeat(500), '[object%20Object]'])('has no letter %s', async (id) => {
    expect((await (await staff('administrator')).open(`/office/outbox/${id}`)).status).toBe(404);
  });
});

describe('unsubscribing', () => {
  const topic = 'interview-reminder';
  const wanted = (address: string) => isMailWanted(address, topic);
  const path = (address: string) => `/mails/unsubscribe/${unsubscribeToken(address, topic)}`;

  it('stands in the headers and at the foot of the mail, and names nobody', async () => {
    const id = await post('reader@example.com', '111111', topic);
    const letter = await ShelvedLetterModel.findById(id).lean();
    const link = /<(.+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect(letter?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(letter?.text).toContain(link);
    expect(letter?.html).toContain(link);
    expect(link).not.toContain('reader');
  });

  it('takes one click of a mail program, without cookies', async () => {
    const response = await fetch(`${app.base}${path('one@example.com')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await wanted('one@example.com')).toBe(false);
    expect(await wanted('two@example.com')).toBe(true);
  });

  it('is not done by merely opening the link', async () => {
    const { status, html } = await new Visitor(app.base).open(path('looker@example.com'));
    expect(status).toBe(200);
    expect(html).toContain('以后不再给您寄“访谈提醒”邮件，确定吗？');
    expect(await wanted('looker@example.com')).toBe(true);
  });

  it('is done and undone by a person with the buttons of the page', async () => {
    const visitor = new Visitor(app.base);
    const own = path('person@example.com');
    await visitor.open(own);
    const stopped = await visitor.send(`${own}/stop`);
    expect(stopped.status).toBe(303);
    expect((await visitor.open(stopped.headers.get('location') ?? '')).html).toContain('已退订');
    expect(await wanted('person@example.com')).toBe(false);
    const again = await visitor.send(`${own}/again`);
    expect((await visitor.open(again.headers.get('location') ?? '')).html).toContain('已恢复订阅');
    expect(await wanted('person@example.com')).toBe(true);
  });

  it.each([
    ['another topic', (token: string) => token.replace(topic, 'other-topic')],
    ['another signature', (token: string) => `${token.slice(0, -2)}xx`],
    ['nothing', () => 'x'],
  ])('refuses a link with %s', async (_what, change) => {
    const forged = `/mails/unsubscribe/${change(unsubscribeToken('forged@example.com', topic))}`;
    expect((await new Visitor(app.base).open(forged)).status).toBe(404);
    expect((await fetch(`${app.base}${forged}`, { method: 'POST' })).status).toBe(404);
    expect(await wanted('forged@example.com')).toBe(true);
  });
});
