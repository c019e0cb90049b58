import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Staff, StaffRole } from '../../src/kernel/actor.ts';
import type { QueueRow } from '../../src/mailbox/board.ts';
import * as act from '../../src/mailbox/index.ts';
import { lookerFor } from '../../src/mailbox/queues.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeDepartment, makeStaff, type TestAccount } from '../support/identity.ts';
import { letterIn, replyText, writeLetter, type Office } from '../support/mailbox.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
const people: Record<string, Visitor> = {};

async function signIn({ userName, password }: TestAccount): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  await visitor.open('/office/sign-in');
  expect((await visitor.send('/office/sign-in', { userName, password })).status).toBe(303);
  return visitor;
}

beforeAll(async () => {
  await storeSetting('statistics.refresh-seconds', 0, 'test');
  const district = await makeDepartment({ level: 'district' });
  const below = await makeDepartment({ level: 'street', parentId: district.id });
  const assisting = await makeDepartment();
  const inside = (role: StaffRole, departmentId: string) =>
    makeStaff({ departmentId, roles: [{ role, departmentId }] });
  const [clerk, supervisor] = [await makeStaff({ roles: ['clerk'] }), await makeStaff({ roles: ['supervisor'] })];
  const head = await inside('head', district.id);
  const office = {
    departmentId: district.id,
    assistingId: assisting.id,
    clerk: await actorFor(clerk),
    supervisor: await actorFor(supervisor),
    head: await actorFor(head),
    handler: await actorFor(await inside('handler', district.id)),
  } as unknown as Office;
  Object.assign(people, {
    clerk: await signIn(clerk),
    supervisor: await signIn(supervisor),
    head: await signIn(head),
    assistant: await signIn(await inside('head', assisting.id)),
  });
  const states = [
    'submitted',
    'accepted',
    'assigned',
    'drafted',
    'signed-off',
    'replied',
    'closed',
    'returned',
  ] as const;
  for (const state of states) await letterIn(state, office);
  // Of a department below, of the assisting one, urged, ordered, carded, rated badly
  const passed = await letterIn('assigned', office);
  await act.passDown(office.handler, {
    letterId: passed.id,
    departmentId: below.id,
    days: 2,
    remark: '请属地街道办理',
  });
  const other = await writeLetter();
  await act.acceptLetter(office.clerk, { letterId: other.id });
  await act.assignLetter(office.clerk, { letterId: other.id, departmentId: assisting.id, assisting: [district.id] });
  const { id: letterId } = await letterIn('assigned', office);
  await act.urgeLetter(office.supervisor, { letterId, remark: '请抓紧办理' });
  await act.orderSupervision(office.supervisor, { letterId, reason: '群众反映强烈，请限期办结' });
  await act.issueCard(office.supervisor, { letterId, colour: 'yellow', reason: '办理迟缓，予以提醒' });
  const rated = await letterIn('replied', office);
  const { number, code, writer } = rated;
  await act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: '没有解决问题' });
  await act.requestRehandling(writer, { number, code, reason: '没有解决问题' });
  await act.decideRehandling(office.clerk, { letterId: rated.id, decision: 'grant' });
  await act.submitForSignOff(office.handler, { letterId: rated.id, text: replyText });
});

const plain = (html: string) => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
const numberLink = /<a [^>]*href="(\/office\/[^"#]+\?[^"#]+)[^"]*"[^>]*>\s*(\d+)(?:\s*件|\s*letters?)?\s*<\/a>/g;

/** How many letters the list behind an address shows or says it may not show, on all of its pages. */
async function lettersAt(who: Visitor, address: string): Promise<number> {
  const seen = new Set<string>();
  let hidden = 0;
  let next: string | undefined = address;
  while (next) {
    const { html, status } = await who.open(next);
    expect([next, status]).toEqual([next, 200]);
    for (const [, found = ''] of plain(html).matchAll(/<th scope="row"><a href="\/office\/letters\/(\d{4}-\d{6})"/g))
      seen.add(found);
    hidden += Number(/另有 (\d+) 件/.exec(html)?.[1] ?? 0);
    next = /<a [^>]*href="([^"]+)"[^>]*rel="next"/.exec(plain(html))?.[1];
  }
  return seen.size + hidden;
}

describe('every number is the number of letters behind it', () => {
  const pages: [string, string[]][] = [
    ['/office/supervision', ['supervisor', 'clerk', 'head', 'assistant']],
    ['/office/supervision/stages', ['supervisor', 'head']],
    ['/office/supervision/figures', ['supervisor', 'clerk', 'head']],
  ];
  it.each(pages)('%s', async (address, roles) => {
    for (const role of roles) {
      const who = people[role] as Visitor;
      const links = [...plain((await who.open(address)).html).matchAll(numberLink)];
      expect([role, links.length > 0]).toEqual([role, true]);
      const said: Record<string, number> = {};
      const held: Record<string, number> = {};
      for (const [, href = '', number] of links) {
        said[`${role} ${href}`] = Number(number);
        held[`${role} ${href}`] ??= await lettersAt(who, href);
      }
      expect(held).toEqual(said);
    }
  });
});

it('who may see a letter goes by the place it was frozen with, also after its department moved', () => {
  const head = {
    kind: 'staff',
    id: 'head',
    roles: [{ role: 'head', departmentId: 'old-district', departmentPath: ['city', 'old-district'] }],
  } as unknown as Staff;
  const row = (path: string[]) =>
    ({
      ownerPath: [],
      writerId: null,
      state: 'assigned',
      assisting: [],
      lead: { departmentId: 'street', path },
    }) as unknown as QueueRow;
  const look = lookerFor(head, new Date());
  expect(look(row(['city', 'new-district', 'street'])).parties.size).toBe(0);
  expect([...look(row(['city', 'old-district', 'street'])).parties]).toEqual(['head']);
});
