import { beforeAll, describe, expect, it } from '@jest/globals';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { useApp } from '../support/app.ts';
import { makeInterview, askPublished, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
let live: TestInterview;
beforeAll(async () => {
  live = await makeInterview('live', '<script>alert("主题")</script>雨天出行');
});

/** A visitor's browser without scripts: keeps cookies, reads the token. */
async function visitor(path: string) {
  const page = await fetch(app.base + path);
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const html = await page.text();
  const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const post = (to: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(app.base + to, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
      body: new URLSearchParams({ _csrf: token, ...body }),
    });
  return { html, post };
}
const questions = () => `/interviews/${live.id}/questions`;
const words = '下雨天地铁口积水，什么时候治理？';

describe('hostile input', () => {
  it('shows what was typed as text everywhere', async () => {
    await askPublished(live, undefined, '<script>alert(1)</script> <b onclick=x>积水</b>怎么办');
    for (const path of ['/interviews', `/interviews/${live.id}`]) {
      const { html } = await visitor(path);
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<b onclick');
      expect(html).toContain('&lt;script&gt;alert');
    }
  });

  it('refuses a forged form, takes a true one once, and a replay of it changes nothing', async () => {
    const one = await visitor(`/interviews/${live.id}`);
    const before = await QuestionModel.countDocuments();
    const forged = await one.post(questions(), { _csrf: 'made-up', text: words, formKey: 'aaaaaaaaaaaa' });
    expect(forged.status).toBe(403);
    const foreign = await one.post(
      questions(),
      { text: words, formKey: 'aaaaaaaaaaaa' },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(foreign.status).toBe(403);
    expect(await QuestionModel.countDocuments()).toBe(before);
    const form = { text: words, formKey: 'aaaaaaaaaaaa' };
    expect((await one.post(questions(), form)).status).toBe(303);
    expect((await one.post(questions(), form)).status).toBe(303);
    // Back in the browser, another text, sent again
    const changed = await one.post(questions(), { ...form, text: '换了一个问题：公交为什么改道？' });
    expect(changed.status).toBe(409);
    const page = await changed.text();
    expect(page).toContain('换了一个问题：公交为什么改道？');
    expect(page).toContain('这个问题刚才已经提交');
    expect(page).not.toContain('aaaaaaaaaaaa');
    expect(await QuestionModel.countDocuments()).toBe(before + 1);
  });

  it.each([
    ['a megabyte', { text: 'x'.repeat(1_000_000) }, 422],
    ['an operator instead of a text', { 'text[$gt]': '' }, 422],
    ['no key of the form', { text: words, formKey: '' }, 422],
    ['a nickname of many lines', { text: words, nickname: 'x'.repeat(100) }, 422],
  ])('%s', async (_what, body, status) => {
    const one = await visitor(`/interviews/${live.id}`);
    const answer = await one.post(questions(), {
      formKey: 'bbbbbbbbbbbb',
      ...(body as unknown as Record<string, string>),
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    '/interviews/nothere00000',
    '/interviews/..%2f..%2fetc',
    '/interviews/%7B%22$gt%22:%22%22%7D',
    '/interviews/我',
  ])('%s is not there', async (path) => {
    expect((await fetch(app.base + path)).status).toBe(404);
  });

  it('keeps the office for officials, and drafts out of sight', async () => {
    const answer = await fetch(`${app.base}/office/interviews/${live.id}/screening`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    const draft = await makeInterview('draft');
    expect((await fetch(`${app.base}/interviews/${draft.id}`)).status).toBe(404);
    const ofDraft = `${app.base}/live/interview/${draft.id}/public/delta?since=0`;
    // Its own people see it already; that they did opens it to nobody else
    const { name, value } = await staffCookie(draft.people.host.id);
    const own = await fetch(ofDraft, { headers: { cookie: `${name}=${value}` } });
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect((await fetch(ofDraft)).status).toBe(404);
    const ofLive = await fetch(`${app.base}/live/interview/${live.id}/public/delta?since=0`);
    expect([ofLive.status, ofLive.headers.get('cache-control'), ofLive.headers.get('set-cookie')]).toEqual([
      200,
      'public, max-age=0, s-maxage=1',
      null,
    ]);
    expect((await fetch(`${app.base}/live/interview/${live.id}/desk/delta?since=0`)).status).toBe(403);
  });
});
