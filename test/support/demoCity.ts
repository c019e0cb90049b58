import { beforeAll } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { demoAccounts, demoSizes, fillDemoCity, startAudience } from '../../src/demo/index.ts';
import { useApp, type RunningApp } from './app.ts';
import { signIn } from './signIn.ts';

/** The whole program with the demo city in it, its live interview open and its audience silent. */
export function useDemoCity(): RunningApp {
  const app = useApp();
  beforeAll(async () => {
    await fillDemoCity(() => undefined, demoSizes.small);
    const silence = await startAudience();
    await silence();
  });
  return app;
}

/** A browser window in which a demo account is signed in, or nobody. */
export async function windowOf(
  browser: Browser,
  app: RunningApp,
  userName: string | null,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  if (userName === null) return context;
  const caller = await signIn(app, { userName, password: demoAccounts.password });
  const cookies = caller.cookie.split('; ').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return { name, value: rest.join('='), url: app.base };
  });
  await context.addCookies(cookies);
  return context;
}
