import { beforeEach, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { changeAccess } from '../../src/interview/access/changeAccess.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { askPublished, makeInterview, outcome, system, type TestInterview } from '../support/interview.ts';
import { codeSentTo } from '../support/outbox.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
const browser = useBrowser();
let live: TestInterview;
let questionId: string;
beforeEach(async () => {
  live = await makeInterview('live', '菜市场改造之后怎么管');
  questionId = await askPublished(live);
  await restrict('verified', 'verified');
});
const restrict = (asking: string, supporting: string) =>
  changeAccess(system, { interviewId: live.id, asking, supporting });
const words = '菜市场门口的污水，\n雨天漫到人行道上，什么时候修？';
const question = (text = words) => ({ text, formKey: newId(16) });
const refusedAsk = '这场访谈请先验证邮箱再提问。您写的字还在，验证后可以直接提交。';
const refusedSupport = '这场访谈只计验证过邮箱的公众的支持，请先验证邮箱。';
const asked = () => QuestionModel.countDocuments({ interviewId: live.id });
const supports = () => SupportModel.countDocuments({ questionId });

/** Proves an address on the pages of a visitor, coming from and going back to `next`; gives where that leads. */
async function verify(visitor: Visitor, signInPage: string, address: string): Promise<string | null> {
  const { html } = await visitor.open(signInPage);
  const next = /name="next" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const sent = (await visitor.send('/sign-in', { address, next })).headers.get('location') ?? '';
  const codePage = await visitor.open(sent);
  const hidden = [...codePage.html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value ?? '']));
  const answer = await visitor.send('/sign-in/code', { ...fields, code: await codeSentTo(address) });
  return answer.headers.get('location');
}

let people = 0;
async function verified(): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  people += 1;
  await verify(visitor, '/sign-in', `verified${people}@example.com`);
  await visitor.open(`/interviews/${live.id}`);
  return visitor;
}

/** Does something over a socket, as the page's own script would. */
async function overSocket({ cookie }: Visitor, name: string, input: object): Promise<unknown> {
  const extraHeaders = { cookie, origin: app.base };
  const socket = io(app.base, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return await socket.emitWithAck('act', name, input);
  } finally {
    socket.disconnect();
  }
}

type Door = (visitor: Visitor, deed: 'ask' | 'support') => Promise<{ ok: boolean; said: string }>;
const said = (body: unknown) => (body as { error?: { message: string } }).error?.message ?? '';
const act: Record<'ask' | 'support', () => { name: string; input: object }> = {
  ask: () => ({ name: 'interview.ask', input: { interviewId: live.id, ...question() } }),
  support: () => ({ name: 'interview.support', input: { interviewId: live.id, questionId } }),
};
const formOf = (deed: 'ask' | 'support') =>
  deed === 'ask'
    ? { path: `/interviews/${live.id}/questions`, fields: question() }
    : { path: `/interviews/${live.id}/questions/${questionId}/support`, fields: {} };
const doors: [string, Door][] = [
  [
    'a form',
    async (visitor, deed) => {
      const { path, fields } = formOf(deed);
      const response = await visitor.send(path, fields);
      return { ok: response.status === 303, said: await response.text() };
    },
  ],
  [
    'JSON to the form’s address',
    async (visitor, deed) => {
      const { path, fields } = formOf(deed);
      const headers = { accept: 'application/json' };
      const response = await visitor.send(path, fields, { headers });
      return { ok: response.status < 400, said: await response.text() };
    },
  ],
  [
    'JSON of the live page',
    async (visitor, deed) => {
      const { status, body } = await visitor.call('/live/act', act[deed]());
      return { ok: status === 200, said: said(body) };
    },
  ],
  [
    'the socket',
    async (visitor, deed) => {
      const { name, input } = act[deed]();
      const answer = await overSocket(visitor, name, input);
      return { ok: (answer as { ok: boolean }).ok, said: said(answer) };
    },
  ],
];

describe('where only verified citizens take part', () => {
  it.each(doors)('%s refuses a visitor with a sentence and takes a citizen', async (_name, through) => {
    const [visitor, citizen] = [new Visitor(app.base), await verified()];
    await visitor.open(`/interviews/${live.id}`);
    const before = await asked();
    expect(await through(visitor, 'ask')).toEqual({ ok: false, said: expect.stringContaining(refusedAsk) });
    expect(await through(visitor, 'support')).toEqual({ ok: false, said: expect.stringContaining(refusedSupport) });
    expect([await asked(), await supports()]).toEqual([before, 0]);
    expect(await through(citizen, 'ask')).toMatchObject({ ok: true });
    expect(await through(citizen, 'support')).toMatchObject({ ok: true });
    expect([await asked(), await supports()]).toEqual([before + 1, 1]);
  });

  it.each([
    ['everyone', 'verified', true, false],
    ['verified', 'everyone', false, true],
    ['everyone', 'everyone', true, true],
  ] as const)('asking for %s and supporting for %s are told apart', async (asking, supporting, mayAsk, maySupport) => {
    await restrict(asking, supporting);
    const visitor = new Visitor(app.base);
    const { html } = await visitor.open(`/interviews/${live.id}`);
    expect(html.includes('这场访谈请验证过邮箱的公众提问')).toBe(!mayAsk);
    expect(html.includes('这场访谈只计验证过邮箱的公众的支持')).toBe(!maySupport);
    for (const [deed, may] of [
      ['ask', mayAsk],
      ['support', maySupport],
    ] as const) {
      const { path, fields } = formOf(deed);
      expect((await visitor.send(path, fields)).status).toBe(may ? 303 : 403);
    }
  });

  it('a page opened before the change keeps the words and leads to the proof; they are there afterwards', async () => {
    await restrict('everyone', 'everyone');
    const visitor = new Visitor(app.base);
    await visitor.open(`/interviews/${live.id}`);
    await restrict('verified', 'verified');
    const refused = await visitor.send(`/interviews/${live.id}/questions`, question());
    expect(refused.status).toBe(403);
    const html = await refused.text();
    expect(html).toContain(words);
    expect(html).toContain(`action="/interviews/${live.id}/verify"`);

    const away = await visitor.send(`/interviews/${live.id}/verify`, { text: words });
    const back = await verify(visitor, away.headers.get('location') ?? '', 'comes-back@example.com');
    expect(back).toBe(`/interviews/${live.id}#mine`);
    const page = await visitor.open(`/interviews/${live.id}`);
    expect(page.html).toContain(words);
    expect(page.html).toContain(`action="/interviews/${live.id}/questions"`);
    expect((await visitor.open(`/interviews/${live.id}`)).html).not.toContain(words); // given back once
    expect((await visitor.send(`/interviews/${live.id}/questions`, question())).status).toBe(303);
  });

  it('what was typed goes back to its own interview only, and a forged cookie is nothing', async () => {
    const other = await makeInterview('live');
    const visitor = new Visitor(app.base);
    const away = await visitor.send(`/interviews/${live.id}/verify`, { text: words });
    await verify(visitor, away.headers.get('location') ?? '', 'elsewhere@example.com');
    expect((await visitor.open(`/interviews/${other.id}`)).html).not.toContain(words);
    visitor.setCookie('wz_ask', encodeURIComponent(JSON.stringify({ interviewId: other.id, packed: 'x' })));
    expect((await visitor.open(`/interviews/${other.id}`)).status).toBe(200);
  });
});

describe('who may take part is chosen', () => {
  it.each([
    ['host', 303],
    ['director', 303],
    ['guest', 403],
    ['screener', 403],
    ['recorder', 403],
  ] as const)('by a %s: %d', async (role, status) => {
    await restrict('everyone', 'everyone');
    const official = new Visitor(app.base);
    const { name, value } = await staffCookie(live.accounts[role].id);
    official.setCookie(name, value);
    await official.open('/office');
    const form = { asking: 'verified', supporting: 'everyone' };
    expect((await official.send(`/office/interviews/${live.id}/access`, form)).status).toBe(status);
    const stored = await InterviewModel.findById(live.id).lean();
    expect(stored?.asking).toBe(status === 303 ? 'verified' : 'everyone');
  });

  it('from what there is, and before the close', async () => {
    expect(await outcome(restrict('friends', 'everyone'))).toBe('invalid errors.invalid');
    const closed = await makeInterview('closed');
    const late = changeAccess(system, { interviewId: closed.id, asking: 'verified', supporting: 'verified' });
    expect(await outcome(late)).toBe('conflict interview-access.errors.too-late');
  });
});

it('a visitor on a phone writes, proves an address, comes back to the words and sends them', async () => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const context = await browser.current.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${app.base}/interviews/${live.id}`);
  await page.click('.room-tabs [data-view="mine"]');
  expect(await checkAccessibility(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await page.fill('#field-text', words);
  await press(page, '#ask-form button[type="submit"]');
  await page.fill('input[name="address"]', 'on-a-phone@example.com');
  await press(page, 'main form[action="/sign-in"] button');
  await page.fill('input[name="code"]', await codeSentTo('on-a-phone@example.com'));
  await press(page, 'main form[action="/sign-in/code"] button');
  expect(new URL(page.url()).pathname).toBe(`/interviews/${live.id}`);
  expect(await page.inputValue('#field-text')).toBe(words);
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector('#mine-list >> text=菜市场门口的污水');
  await context.close();
});
