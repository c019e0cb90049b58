import { expect, it } from '@jest/globals';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { postNotice } from '../../src/interview/actions/postNotice.ts';
import { postponeInterview } from '../../src/interview/actions/putOffInterview.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { useApp } from '../support/app.ts';
import { makeInterview, system } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();

it('what was said for one time is not said afterwards, and the close leads on to the rating', async () => {
  const room = await makeInterview('announced');
  const interviewId = room.id;
  const startsAt = new Date(Date.now() + 5 * 86_400_000);
  await postponeInterview(system, { interviewId, startsAt, reason: '嘉宾临时出差，另定时间' });
  const visitor = new Visitor(app.base);
  const page = async () => (await visitor.open(`/interviews/${interviewId}`)).html;
  expect(await page()).toContain('嘉宾临时出差');
  await startInterview(system, { interviewId });
  await postNotice(room.people.host, { interviewId, text: '嘉宾五分钟后到' });
  const live = await page();
  expect([live.includes('嘉宾临时出差'), live.includes('嘉宾五分钟后到')]).toEqual([false, true]);
  await closeInterview(system, { interviewId });
  const closed = await page();
  expect(closed).not.toContain('嘉宾五分钟后到');
  expect(closed).toContain('?view=answers#rating');
  const { name, value } = await staffCookie(room.accounts.host.id);
  const host = new Visitor(app.base);
  host.setCookie(name, decodeURIComponent(value));
  const { html } = await host.open(`/office/interviews/${interviewId}/hosting`);
  expect(html).not.toContain('/hosting/guard"');
  expect(html).not.toContain('<h2>接下来回答哪个问题');
});
