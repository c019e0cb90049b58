import { beforeAll, expect, it } from '@jest/globals';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { assignRole } from '../../src/interview/actions/assignRole.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { useApp } from '../support/app.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { makeStaff } from '../support/identity.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let organiser: Visitor;
let live: TestInterview;
let closed: TestInterview;
beforeAll(async () => {
  [live, closed] = [await makeInterview('live'), await makeInterview('live')];
  const account = await makeStaff({ roles: ['clerk'] });
  organiser = new Visitor(app.base);
  const { name, value } = await staffCookie(account.id);
  organiser.setCookie(name, decodeURIComponent(value));
  for (const room of [live, closed]) {
    const questionId = await askPublished(room);
    await askPublished(room);
    await ask(room.id);
    await setStage(room.people.host, { interviewId: room.id, questionId });
    for (const role of ['host', 'screener', 'recorder', 'reviewer', 'guest']) {
      await assignRole(system, { interviewId: room.id, role, personId: account.id });
    }
  }
  await closeInterview(system, { interviewId: closed.id });
}, 60_000);

const office = (part: string) => (room: TestInterview) => `/office/interviews/${room.id}${part}`;
const pages: [string, (room: TestInterview) => string][] = [
  ['its own', (room) => `/interviews/${room.id}`],
  ['screen', (room) => `/interviews/${room.id}/screen`],
  ['office', office('')],
  ...['edit', 'material', 'screening', 'answering', 'reviewing', 'recording', 'recording/import', 'hosting'].map(
    (name): [string, (room: TestInterview) => string] => [name, office(`/${name}`)],
  ),
];

it.each(pages)(
  'no two parts of the page %s have one name: labels, lists and links would lead to the wrong one',
  async (_, path) => {
    for (const room of [live, closed]) {
      const { html, status } = await organiser.open(path(room));
      if (status === 409 || status === 404) continue; // a page of another state
      expect(status).toBe(200);
      const names = [...html.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name);
      expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    }
  },
);
