import { describe, expect, it } from '@jest/globals';
import { useApp } from '../support/app.ts';

const app = useApp();

/** What a browser has after it looked at a page: its cookies and the token of the forms. */
async function visit(path = '/no-such-page', cookie = '') {
  const response = await fetch(app.base + path, { headers: { accept: 'text/html', cookie } });
  const page = await response.text();
  const set = response.headers.getSetCookie();
  const cookies = set.map((line) => line.split(';')[0] ?? '').join('; ');
  return { page, set, cookies, token: /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '' };
}

async function choose(path: string, fields: Record<string, string>) {
  const { cookies, token } = await visit();
  const response = await fetch(app.base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies, accept: 'text/html' },
    body: new URLSearchParams({ ...fields, _csrf: token }),
  });
  return { status: response.status, location: response.headers.get('location'), set: response.headers.getSetCookie() };
}

describe('the language', () => {
  it('is Chinese, and English from a link with ?lang=en on', async () => {
    expect((await visit()).page).toContain('<html lang="zh-CN">');
    const english = await visit('/no-such-page?lang=en');
    expect(english.page).toContain('<html lang="en">');
    expect((await visit('/no-such-page', english.cookies)).page).toContain('<html lang="en">');
  });

  it('takes no other word', async () => {
    const { page, set } = await visit('/no-such-page?lang=../etc');
    expect(page).toContain('<html lang="zh-CN">');
    expect(set.join()).not.toContain('wz_lang');
  });

  it('is chosen by form as well, and the address forgets the earlier choice', async () => {
    const { location, set } = await choose('/preferences/language', { language: 'en', back: '/x?lang=zh-CN&page=2' });
    expect(location).toBe('/x?page=2');
    expect(set.join()).toMatch(/wz_lang=en;.*HttpOnly; SameSite=Lax/);
  });
});

describe('the elder mode', () => {
  it('is remembered', async () => {
    const { status, location, set } = await choose('/preferences/elder', { on: '1', back: '/interviews' });
    expect([status, location]).toEqual([303, '/interviews']);
    const cookie = set.map((line) => line.split(';')[0]).join('; ');
    expect((await visit('/no-such-page', cookie)).page).toContain('data-elder>');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '',
  ])('does not send anybody to %j', async (back) =>
    expect((await choose('/preferences/elder', { on: '1', back })).location).toBe('/'),
  );
});
