import { describe, expect, it } from '@jest/globals';
import { useApp } from '../support/app.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
const language = '/preferences/language';

describe('every answer', () => {
  it('carries the headers that keep foreign script out and says nothing of the machinery', async () => {
    const response = await fetch(`${app.base}/no-such-page`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('gives a new visitor a device cookie that scripts cannot read', async () => {
    const response = await fetch(`${app.base}/no-such-page`);
    const cookies = response.headers.getSetCookie();
    const device = cookies.find((line) => line.startsWith('wz_device=')) ?? '';
    expect(device).toMatch(/HttpOnly/i);
    expect(device).toMatch(/SameSite=Lax/i);
    expect(cookies.every((line) => /HttpOnly/i.test(line))).toBe(true);
  });
});

describe('a form', () => {
  const cases: [string, (visitor: Visitor) => Promise<Response>, number][] = [
    ['with the token of its page is taken', (visitor) => visitor.send(language, { language: 'en' }), 303],
    ['without a token', (visitor) => visitor.send(language, { language: 'en', _csrf: '' }), 403],
    ['with a forged token', (visitor) => visitor.send(language, { language: 'en', _csrf: 'a'.repeat(128) }), 403],
    [
      'sent by another site, as the browser says',
      (visitor) => visitor.send(language, {}, { headers: { 'sec-fetch-site': 'cross-site' } }),
      403,
    ],
    [
      'sent by another site, as its origin says',
      (visitor) => visitor.send(language, {}, { headers: { origin: 'https://evil.example' } }),
      403,
    ],
    [
      'with a database operator',
      (visitor) =>
        visitor.send(
          language,
          {},
          {
            headers: { 'content-type': 'application/json', 'x-csrf-token': visitor.token },
            body: '{"language":{"$gt":""}}',
          },
        ),
      422,
    ],
    [
      'that is broken JSON',
      (visitor) =>
        visitor.send(
          language,
          {},
          {
            headers: { 'content-type': 'application/json', 'x-csrf-token': visitor.token },
            body: '{"language":',
          },
        ),
      422,
    ],
    ['larger than any letter', (visitor) => visitor.send(language, { language: 'x'.repeat(1_000_000) }), 422],
  ];
  it.each(cases)('%s', async (_name, send, status) => {
    const visitor = new Visitor(app.base);
    await visitor.open('/no-such-page');
    expect((await send(visitor)).status).toBe(status);
  });

  const withFile = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('files', new Blob(['水压']), '水压.txt');
    return form;
  };
  const upload = (visitor: Visitor, token: string, more: { origin?: string; path?: string } = {}) =>
    visitor.fetch(more.path ?? '/letters/new/draft', {
      method: 'POST',
      headers: { origin: more.origin ?? app.base },
      body: withFile({ _csrf: token, title: '水压不足' }),
    });
  const uploads: [string, (visitor: Visitor) => Promise<Response>, number][] = [
    ['with its token', (visitor) => upload(visitor, visitor.token), 303],
    ['without a token', (visitor) => upload(visitor, ''), 403],
    ['with a forged token', (visitor) => upload(visitor, 'a'.repeat(128)), 403],
    [
      'with its token in the address',
      (visitor) => upload(visitor, '', { path: `/letters/new/draft?_csrf=${visitor.token}` }),
      403,
    ],
    ['from another site', (visitor) => upload(visitor, visitor.token, { origin: 'https://evil.example' }), 403],
    [
      'from nobody knows where, where no file is expected',
      (visitor) =>
        visitor.fetch(language, { method: 'POST', body: withFile({ language: 'en', _csrf: visitor.token }) }),
      403,
    ],
  ];
  it.each(uploads)('with files, %s', async (_name, send, status) => {
    const visitor = new Visitor(app.base);
    await visitor.open('/no-such-page');
    expect((await send(visitor)).status).toBe(status);
  });

  it("with another visitor's stolen token is refused", async () => {
    const victim = new Visitor(app.base);
    await victim.open('/no-such-page');
    const thief = new Visitor(app.base);
    await thief.open('/no-such-page');
    expect((await thief.send(language, { language: 'en', _csrf: victim.token })).status).toBe(403);
  });

  it('that expired shows what was typed, so that nothing is lost', async () => {
    const visitor = new Visitor(app.base);
    await visitor.open('/no-such-page');
    const response = await visitor.send('/anywhere', {
      _csrf: '',
      text: '请问 <b>何时</b> 通车',
      password: 'geheim-geheim',
    });
    const page = await response.text();
    expect(response.status).toBe(403);
    expect(page).toContain('请问 &lt;b&gt;何时&lt;/b&gt; 通车');
    expect(page).not.toContain('geheim');
  });
});

describe('a link that wants to lead elsewhere', () => {
  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'stays here: %s',
    async (next) => {
      const visitor = new Visitor(app.base);
      await visitor.open('/no-such-page');
      const response = await visitor.send(language, { language: 'en', next, back: next, return: next });
      expect(response.status).toBe(303);
      expect(new URL(response.headers.get('location') ?? '', app.base).host).toBe(new URL(app.base).host);
    },
  );
});

describe('a forged device cookie', () => {
  it('is worth nothing: the visitor becomes a new one', async () => {
    const visitor = new Visitor(app.base);
    const forged = Buffer.from(JSON.stringify({ id: 'someoneelse', nickname: 'x' })).toString('base64url');
    visitor.setCookie('wz_device', `${forged}.bm90LWEtc2lnbmF0dXJl`);
    const { response } = await visitor.open('/no-such-page');
    expect(response.headers.getSetCookie().some((line) => line.startsWith('wz_device='))).toBe(true);
    expect(visitor.cookie).not.toContain(forged);
  });
});
