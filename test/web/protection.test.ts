import { describe, expect, it } from '@jest/globals';
import { useApp } from '../support/app.ts';

const app = useApp();

describe('the door for pages', () => {
  it('answers an unknown address with 404 and security headers', async () => {
    const response = await fetch(`${app.base}/no-such-page`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('refuses a form without a token', async () => {
    const response = await fetch(`${app.base}/preferences/language`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ language: 'en' }),
    });
    expect(response.status).toBe(403);
  });
});
