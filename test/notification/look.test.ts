import { beforeAll, describe, expect, it } from '@jest/globals';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { shelfMailer } from '../../src/platform/mailer.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { sendMail, useMailer } from '../../src/notification/index.ts';
import { sendMailJob } from '../../src/notification/jobs.ts';
import { unsubscribeToken } from '../../src/notification/subscription.ts';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { useSignedInApp } from './signedInApp.ts';

const app = useSignedInApp();
const browser = useBrowser();
const paths: Record<string, string> = {};

beforeAll(async () => {
  useMailer(shelfMailer());
  for (const language of ['zh-CN', 'en'] as const) {
    const data = { code: '482913', minutes: 10 };
    const to = `${language}@example.com`;
    await sendMail({ to, template: 'identity/code', language, data, topic: 'interview-reminder' });
  }
  await runDueJobs([sendMailJob]);
  for (const { _id, to } of await ShelvedLetterModel.find({}, { to: 1 }).lean()) {
    paths[`letter ${to.split('@')[0]}`] = `/office/outbox/${_id}`;
    paths[`html ${to.split('@')[0]}`] = `/office/outbox/${_id}/html`;
  }
  paths['outbox'] = '/office/outbox';
  paths['unsubscribe'] = `/mails/unsubscribe/${unsubscribeToken('a@example.com', 'interview-reminder')}`;
});

describe.each([
  ['a desktop', 1280, 900],
  ['a phone', 360, 740],
])('on %s', (device, width, height) => {
  it.each([
    ['outbox', 'zh-CN', 'light'],
    ['outbox', 'en', 'dark'],
    ['letter zh-CN', 'zh-CN', 'light'],
    ['letter en', 'en', 'dark'],
    ['html zh-CN', 'zh-CN', 'light'],
    ['html en', 'en', 'dark'],
    ['unsubscribe', 'zh-CN', 'light'],
    ['unsubscribe', 'en', 'dark'],
  ] as const)('%s in %s, %s, is whole and readable for everybody', async (what, language, colorScheme) => {
    const context = await browser.current.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    await page.goto(`${app.base}${await app.doorOf('administrator')}`);
    await page.goto(`${app.base}${paths[what]}?lang=${language}`);
    if (process.env['SHOTS']) {
      const file = `${process.env['SHOTS']}/${what.replace(' ', '-')}-${device.slice(2)}-${language}-${colorScheme}.png`;
      await page.screenshot({ path: file, fullPage: true });
    }
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    // a letter without rights runs no script, so it can only be looked at
    if (!what.startsWith('html')) expect(await checkAccessibility(page)).toEqual([]);
    await context.close();
  });
});
