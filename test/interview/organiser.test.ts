import { expect, it } from '@jest/globals';
import sharp from 'sharp';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { makeStaff } from '../support/identity.ts';
import { makeInterview, system } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();

async function windowOf(account: { id: string } | null, phone = false) {
  const viewport = phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
  const context = await browser.current.newContext({ viewport });
  if (account) await context.addCookies([{ ...(await staffCookie(account.id)), url: app.base }]);
  return context.newPage();
}

it('goes from a draft with material through the approval to its announcement and a helper’s link', async () => {
  const draft = await makeInterview('draft');
  await InterviewModel.updateOne({ _id: draft.id }, { $set: { startsAt: new Date(Date.now() + 9 * 86_400_000) } });
  await storeSetting('interview.video-hosts', ['player.example.com'], 'test');
  const organiser = await windowOf(await makeStaff({ departmentId: draft.departmentId, roles: ['head'] }), true);
  const clerk = await windowOf(await makeStaff({ roles: ['clerk'] }));
  const helper = await windowOf(await makeStaff());
  const home = `${app.base}/office/interviews/${draft.id}`;

  await organiser.goto(`${home}/material`);
  const blue = { width: 640, height: 400, channels: 3, background: '#336688' } as const;
  const buffer = await sharp({ create: blue }).png().toBuffer();
  await organiser.setInputFiles('#field-cover-files', { name: 'cover.png', mimeType: 'image/png', buffer });
  await organiser.fill('#field-cover-alt', '一片蓝色的海');
  await press(organiser, '#cover .upload-form button');
  expect(await organiser.getAttribute('#cover img', 'alt')).toBe('一片蓝色的海');
  const notes = { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('加装电梯的办法') };
  await organiser.setInputFiles('#field-files-files', notes);
  await press(organiser, '#files .upload-form button');
  expect(await organiser.textContent('#files')).toContain('说明.txt');
  expect(await checkAccessibility(organiser)).toEqual([]);
  expect(await sidewaysOverflow(organiser)).toBeLessThanOrEqual(0);

  await organiser.goto(home);
  await organiser.click('#video summary');
  await organiser.fill('#field-video', 'https://elsewhere.example.org/1');
  await press(organiser, '#video button');
  expect(await organiser.textContent('#video .field-error')).toContain('player.example.com');
  await organiser.fill('#field-video', 'https://player.example.com/1');
  await press(organiser, '#video button');
  await press(organiser, '#approval button');
  await clerk.goto(home);
  await clerk.fill('#field-remarks', '请写清楚嘉宾的职务');
  await press(clerk, '#approval button[formaction$="/return"]');
  await organiser.goto(home);
  expect(await organiser.textContent('.approval-remarks')).toContain('请写清楚嘉宾的职务');
  await press(organiser, '#approval form button');
  await clerk.goto(home);
  await press(clerk, '#approval button:not([formaction])');
  await organiser.goto(home);
  await press(organiser, 'form[action$="/announce"] button');
  expect((await findInterview(draft.id)).state).toBe('announced');

  await organiser.click('#helpers summary');
  await press(organiser, '#helpers .fold button');
  const link = await organiser.inputValue('#new-link');
  await helper.goto(app.base + new URL(link).pathname);
  await press(helper, 'main form[action*="/help/"] button');
  expect(helper.url()).toBe(home);

  const citizen = await windowOf(null, true);
  await citizen.route('https://player.example.com/**', (route) => route.fulfill({ body: 'video' }));
  await citizen.goto(`${app.base}/interviews/${draft.id}`);
  expect(await citizen.getAttribute('#stage .cover img, #stage img', 'alt')).toBe('一片蓝色的海');
  expect(await citizen.locator('.room-video').count()).toBe(0);
  await startInterview(system, { interviewId: draft.id });
  const response = await citizen.goto(`${app.base}/interviews/${draft.id}`);
  expect(response?.headers()['content-security-policy']).toContain("frame-src 'self' https://player.example.com");
  expect(await citizen.getAttribute('.room-video iframe', 'src')).toBe('https://player.example.com/1');
  expect(await citizen.textContent('.background-files')).toContain('说明.txt');
  await storeSetting('interview.video-hosts', null, 'test');
  for (const page of [organiser, clerk, helper, citizen]) await page.context().close();
});
