import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Staff, StaffRole } from '../../src/kernel/actor.ts';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import * as act from '../../src/mailbox/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeDepartment, makeStaff, type TestAccount } from '../support/identity.ts';
import { letterIn, replyText, stored, writeLetter, type Office } from '../support/mailbox.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
/** A visitor whose pages come with attributes as the browser would read them. */
class Reader extends Visitor {
  override async open(address: string) {
    const opened = await super.open(address);
    return { ...opened, html: opened.html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&') };
  }
}
const roles = ['clerk', 'supervisor', 'administrator', 'handler', 'head', 'assistant', 'stranger'] as const;
type Role = (typeof roles)[number];
let office: Office;
const people = {} as Record<Role, Reader>;

async function signIn(account: TestAccount): Promise<Reader> {
  const visitor = new Reader(app.base);
  await visitor.open('/office/sign-in');
  const response = await visitor.send('/office/sign-in', { userName: account.userName, password: account.password });
  expect(response.status).toBe(303);
  return visitor;
}

beforeAll(async () => {
  const [own, other, third] = [await makeDepartment(), await makeDepartment(), await makeDepartment()];
  const accounts = {} as Record<Role, TestAccount>;
  const inside = (role: StaffRole, departmentId: string) =>
    makeStaff({ departmentId, roles: [{ role, departmentId }] });
  for (const role of ['clerk', 'supervisor', 'administrator'] as const)
    accounts[role] = await makeStaff({ roles: [role] });
  accounts.handler = await inside('handler', own.id);
  accounts.head = await inside('head', own.id);
  accounts.assistant = await inside('handler', other.id);
  accounts.stranger = await inside('handler', third.id);
  const actors = {} as Record<Role, Staff>;
  for (const role of roles) {
    actors[role] = await actorFor(accounts[role]);
    people[role] = await signIn(accounts[role]);
  }
  office = { departmentId: own.id, assistingId: other.id, ...actors };
});

const path = (number: string) => `/office/letters/${number}`;
const offered = (html: string) => [...html.matchAll(/\?do=([\w-]+)#act"/g)].map(([, name]) => name);

describe('what the workbench offers', () => {
  const cases: [Parameters<typeof letterIn>[0], Role, string | null, string[]][] = [
    ['submitted', 'clerk', 'accept', ['decline', 'classify', 'link']],
    ['submitted', 'supervisor', null, ['topic']],
    ['accepted', 'clerk', 'assign', ['classify']],
    ['assigned', 'handler', 'sign', ['reply', 'ask', 'return', 'ask-extension']],
    ['assigned', 'head', 'sign', ['reply']],
    ['assigned', 'assistant', 'opinion', []],
    ['assigned', 'supervisor', null, ['urge', 'order', 'card']],
    ['drafted', 'head', 'sign-off', ['send-back']],
    ['signed-off', 'clerk', 'release', ['send-back']],
    ['replied', 'clerk', 'publish', ['close']],
  ];
  it.each(cases)('in state %s to the %s: first %s', async (state, role, first, others) => {
    const { number, id } = await letterIn(state, office);
    const { status, html } = await people[role].open(path(number));
    expect(status).toBe(200);
    const names = offered(html);
    expect(names).toEqual(expect.arrayContaining(others));
    const form =
      new RegExp(`action="${path(number)}/([\\w-]+)"`).exec(html.replace(`${path(number)}/reveal`, ''))?.[1] ?? null;
    expect(form).toBe(first);
    if (first) expect(names[0] === first || names.includes(first)).toBe(true);
    expect((await stored(id)).state).toBe(state);
  });

  it('folds what is done seldom, when there is enough of it', async () => {
    const { number } = await letterIn('signed-off', office);
    const { html } = await people.clerk.open(path(number));
    const acts = /<nav class="act-list[^]*?<\/nav>/.exec(html)?.[0] ?? '';
    const [open = '', folded = ''] = acts.split('<details>');
    // It waits for the clerk: there is nothing to urge the department for
    expect(offered(open)).toEqual(['release', 'send-back']);
    expect(offered(folded)).toEqual(['reassign', 'recall', 'classify', 'link', 'topic']);
    const chosen = await people.clerk.open(`${path(number)}?do=link`);
    expect(chosen.html).toContain('<details open><summary>其他（5）');
  });

  it('leaves the turn to those below whom the letter was passed down to', async () => {
    const { id, number } = await letterIn('assigned', office);
    const street = await makeDepartment({ parentId: office.departmentId, level: 'street' });
    const form = async () => (await people.handler.open(path(number))).html.includes(`action="${path(number)}/sign"`);
    expect(await form()).toBe(true);
    await act.passDown(office.handler, { letterId: id, departmentId: street.id, days: 1 });
    expect(await form()).toBe(false);
    expect(offered((await people.handler.open(path(number))).html)).not.toContain('sign');
    expect((await people.handler.open('/office/letters?queue=to-sign')).html).not.toContain(number);
  });

  it('says whether a reply was kept as a draft or handed on', async () => {
    const { id, number } = await letterIn('assigned', office);
    const told = async (then: string) => {
      await people.handler.open(path(number));
      const { version } = await stored(id);
      const { status } = await people.handler.send(`${path(number)}/reply`, {
        text: replyText,
        then,
        version: String(version),
      });
      expect(status).toBe(303);
      const [text = ''] = (people.handler.cookies.get('wz_flash') ?? '').split('.');
      return [status, (JSON.parse(Buffer.from(text, 'base64url').toString()) as { key: string }).key];
    };
    expect(await told('save')).toEqual([303, 'mailbox-office.acts.reply.done']);
    expect(await told('submit')).toEqual([303, 'mailbox-office.acts.reply.done-submit']);
  });

  it('does not propose the department that sent the letter back as not theirs', async () => {
    const { id, number } = await writeLetter({ wishedDepartmentId: office.departmentId });
    await act.acceptLetter(office.clerk, { letterId: id });
    const chosen = async () => {
      const { html } = await people.clerk.open(path(number));
      const list = /<select[^>]*name="departmentId"[^]*?<\/select>/.exec(html)?.[0] ?? '';
      return { html, value: /<option value="([^"]*)" selected/.exec(list)?.[1] ?? '' };
    };
    expect((await chosen()).value).toBe(office.departmentId);
    await act.assignLetter(office.clerk, { letterId: id, departmentId: office.departmentId, procedure: 'ordinary' });
    await act.returnLetter(office.handler, { letterId: id, reason: '不属于我单位职责范围' });
    const { html, value } = await chosen();
    expect(value).toBe('');
    expect(html).toContain('已退办');
  });

  it('every act that is not offered is refused, and changes nothing', async () => {
    const all = [
      'accept',
      'decline',
      'assign',
      'classify',
      'sign',
      'return',
      'ask',
      'opinion',
      'reply',
      'sign-off',
      'send-back',
      'release',
      'publish',
      'hide',
      'ask-extension',
      'pass-up',
      'link',
      'urge',
      'order',
      'card',
      'close',
      'resurvey',
    ];
    const { number, id } = await letterIn('assigned', office);
    for (const role of ['handler', 'head', 'assistant', 'supervisor', 'clerk'] as const) {
      const { html } = await people[role].open(path(number));
      const allowed = offered(html);
      const before = (await stored(id)).version;
      for (const name of all.filter((one) => !allowed.includes(one))) {
        const response = await people[role].send(`${path(number)}/${name}`, {
          reason: '不属于我单位职责范围',
          text: replyText,
          departmentId: office.departmentId,
          kind: 'help',
          subject: '',
          urgency: 'normal',
          procedure: 'ordinary',
          colour: 'red',
          amount: '3',
          original: '',
          sample: 'x',
          version: String(before),
          spans: '{}',
        });
        expect([role, name, [403, 409, 422].includes(response.status)]).toEqual([role, name, true]);
      }
      expect((await stored(id)).version).toBe(before);
    }
  });
});

describe('who sees a letter', () => {
  it('not another department, not an administrator: 404, also for acts, files and the writer', async () => {
    const { number, id } = await letterIn('assigned', office);
    for (const role of ['stranger', 'administrator'] as const) {
      expect((await people[role].open(path(number))).status).toBe(404);
      expect((await people[role].send(`${path(number)}/urge`)).status).toBe(404);
      expect((await people[role].send(`${path(number)}/reveal`)).status).toBe(404);
      expect((await people[role].open(`${path(number)}/files/abcdef`)).status).toBe(404);
    }
    expect((await people.administrator.open('/office/letters')).status).toBe(403);
    expect((await people.administrator.open('/office/supervision')).status).toBe(403);
    expect((await people.administrator.open('/office/letters/import')).status).toBe(403);
    const { html } = await people.stranger.open('/office/letters?queue=all');
    expect(html).not.toContain(number);
    expect((await stored(id)).version).toBeGreaterThan(0);
  });

  it('the name of the writer only after an audited click, and only those who need it', async () => {
    const { number, id } = await letterIn('assigned', office);
    const before = await people.handler.open(path(number));
    expect(before.html).not.toContain('13812345678');
    expect(await AuditEntryModel.countDocuments({ verb: 'letter.reveal-writer', 'target.id': id })).toBe(0);
    const response = await people.handler.send(`${path(number)}/reveal`);
    expect(await response.text()).toContain('13812345678');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await AuditEntryModel.countDocuments({ verb: 'letter.reveal-writer', 'target.id': id })).toBe(1);
    expect((await people.supervisor.send(`${path(number)}/reveal`)).status).toBe(403);
    expect((await people.assistant.send(`${path(number)}/reveal`)).status).toBe(403);
  });
});

describe('one letter through all desks, by pages alone', () => {
  it('from intake to publication', async () => {
    const { number, id } = await writeLetter({
      title: '申请在文化路口增设红绿灯',
      body: '文化路与海棠街路口没有红绿灯，上学时间很危险。我的电话是13900001111，车牌鲁B12345。',
    });
    const step = async (role: Role, name: string, fields: Record<string, string> = {}) => {
      const { html } = await people[role].open(`${path(number)}?do=${name}`);
      const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
      const response = await people[role].send(`${path(number)}/${name}`, { version, ...fields });
      expect([name, response.status]).toEqual([name, 303]);
      return html;
    };
    await step('clerk', 'accept', {
      kind: 'suggestion',
      subject: '交通运输',
      urgency: 'normal',
      procedure: 'ordinary',
    });
    const assigning = await step('clerk', 'assign', {
      departmentId: office.departmentId,
      procedure: 'ordinary',
      assisting: office.assistingId,
    });
    expect(assigning).toContain('答复期限');
    await step('assistant', 'opinion', { text: '该路口已列入年度改造计划。' });
    await step('handler', 'sign');
    await step('handler', 'reply', { text: replyText, then: 'save' });
    expect((await stored(id)).draft?.text).toBe(replyText);
    await step('handler', 'reply', { text: replyText, then: 'submit' });
    await step('head', 'send-back', { reason: '请补充办理依据和联系电话' });
    await step('handler', 'reply', { text: `${replyText}联系电话：0532-88880000。`, then: 'submit' });
    await step('head', 'sign-off', { text: `${replyText}联系电话：0532-88880000。` });
    await step('clerk', 'release');
    const publishing = await people.clerk.open(`${path(number)}?do=publish`);
    const spans = [...publishing.html.matchAll(/name="span" value="(body:[^"]+)" checked/g)].map(
      ([, value = '']) => value,
    );
    expect(spans.length).toBeGreaterThanOrEqual(2);
    const version = /name="version" value="(\d+)"/.exec(publishing.html)?.[1] ?? '';
    const form = new URLSearchParams([
      ['_csrf', people.clerk.token],
      ['version', version],
      ['visibility', 'public'],
      ['words', '海棠街'],
      ...spans.map((value) => ['span', value]),
    ]);
    const preview = await people.clerk.fetch(`${path(number)}/publish`, {
      method: 'POST',
      body: new URLSearchParams([...form, ['then', 'preview']]),
    });
    expect(await preview.text()).toContain('文化路与****路口');
    expect((await stored(id)).visibility).toBe('private');
    const response = await people.clerk.fetch(`${path(number)}/publish`, { method: 'POST', body: form });
    expect(response.status).toBe(303);
    const letter = await stored(id);
    expect(letter.publicVersion?.body).not.toMatch(/13900001111|鲁B12345|海棠街/);
    expect(letter.body).toContain('13900001111');
    expect(JSON.stringify(letter.trail)).not.toContain('13900001111');
    expect(letter.facts.onTime).toBe(true);
  });

  it('of two clerks at once one wins, the other is told and keeps what was typed', async () => {
    const { number, id } = await letterIn('accepted', office);
    const [first, second] = [people.clerk, new Reader(app.base)];
    for (const [name, value] of first.cookies) second.setCookie(name, value);
    const { html } = await second.open(`${path(number)}?do=assign`);
    const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
    await act.classifyLetter(office.clerk, {
      letterId: id,
      kind: 'help',
      subject: '教育',
      urgency: 'utility',
      procedure: 'ordinary',
    });
    const response = await second.send(`${path(number)}/assign`, {
      version,
      departmentId: office.departmentId,
      remark: '请尽快联系',
    });
    expect(response.status).toBe(409);
    const page = await response.text();
    expect(page).toContain('请尽快联系');
    expect(page).toContain('role="alert"');
    expect((await stored(id)).state).toBe('accepted');
  });
});

describe('the queues', () => {
  it('filter, keep the filter in every link, and count', async () => {
    const { number } = await letterIn('submitted', office, { title: '暖气片一直不热怎么办', kind: 'help' });
    const { html } = await people.clerk.open('/office/letters?queue=intake&kind=help&search=暖气片');
    expect(html).toContain(number);
    expect(html).toContain('kind=help');
    expect((await people.clerk.open('/office/letters?queue=intake&kind=suggestion&search=暖气片')).html).not.toContain(
      number,
    );
    for (const hostile of ['\'"><script>alert(1)</script>', '{"$gt":""}', '\u0000', '%', '.*'.repeat(20)]) {
      const found = await people.clerk.open(
        `/office/letters?search=${encodeURIComponent(hostile)}&state=${encodeURIComponent(hostile)}&after=${encodeURIComponent(hostile)}`,
      );
      expect(found.status).toBe(200);
      expect(found.html).not.toContain('<script>alert');
    }
  });

  it('accept many at once, leaving what somebody has just worked on', async () => {
    const [one, two] = [await letterIn('submitted', office), await letterIn('submitted', office)];
    const keys = [`${one.id}~${(await stored(one.id)).version}`, `${two.id}~${(await stored(two.id)).version - 1}`];
    await people.clerk.open('/office/letters?queue=intake');
    const body = new URLSearchParams([
      ['_csrf', people.clerk.token],
      ['do', 'accept'],
      ['subject', '教育'],
      ...keys.map((key) => ['letter', key]),
    ]);
    const response = await people.clerk.fetch('/office/letters/bulk?queue=intake', { method: 'POST', body });
    expect(response.status).toBe(303);
    expect([(await stored(one.id)).state, (await stored(two.id)).state]).toEqual(['accepted', 'submitted']);
    expect((await people.handler.send('/office/letters/bulk', { do: 'accept', letter: keys[1] ?? '' })).status).toBe(
      303,
    );
    expect((await stored(two.id)).state).toBe('submitted');
  });

  it('keep what was ticked when an act on many is refused', async () => {
    const one = await letterIn('submitted', office);
    await people.clerk.open('/office/letters?queue=intake&sort=newest');
    const refused = await people.clerk.send('/office/letters/bulk?queue=intake&sort=newest', {
      do: 'topic',
      letter: `${one.id}~0`,
      remark: '请一并处理',
    });
    const page = (await refused.text()).replaceAll('&#x3D;', '=');
    expect(refused.status).toBe(422);
    expect(page).toMatch(new RegExp(`value="${one.id}~\\d+" checked`));
    expect(page.match(/name="letter" value="[^"]+" checked/g)).toHaveLength(1);
    expect(page).toMatch(/<details class="filter-box" open>\s*<summary>[^<]*<\/summary>\s*<p class="soft">/);
  });

  it('export as CSV and XLSX without a formula in it', async () => {
    await letterIn('submitted', office, { title: '=HYPERLINK("http://x","点我")查询' });
    await people.clerk.open('/office/letters');
    const csv = await (await people.clerk.fetch('/office/letters/export.csv?queue=intake&search=HYPERLINK')).text();
    expect(csv).toContain(`'=HYPERLINK`);
    expect(csv.split('\r\n').join('\n').trim().split('\n')).toHaveLength(2);
    const xlsx = await people.clerk.fetch('/office/letters/export.xlsx?queue=intake');
    expect(
      Buffer.from(await xlsx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await people.administrator.fetch('/office/letters/export.csv')).status).toBe(403);
  });
});

describe('the other pages', () => {
  const pages: [string, Role[]][] = [
    ['/office/letters', ['clerk', 'supervisor', 'handler', 'head']],
    ['/office/letters/archive', ['clerk', 'supervisor', 'handler', 'head']],
    ['/office/letters/new', ['clerk']],
    ['/office/letters/import', ['clerk']],
    ['/office/supervision', ['clerk', 'supervisor', 'head']],
    ['/office/supervision/resurvey', ['clerk', 'supervisor']],
    ['/office/supervision/topics', ['clerk', 'supervisor']],
    ['/office/mailbox', ['administrator']],
    ['/office/troubles', ['administrator']],
    ['/office/mailbox/templates', ['administrator', 'clerk']],
    ['/office', [...roles]],
  ];
  it.each(pages)('%s opens for those it is for, in both languages, and for nobody else', async (address, allowed) => {
    for (const role of roles) {
      const wanted =
        allowed.includes(role) || (['assistant', 'stranger'].includes(role) && allowed.includes('handler')) ? 200 : 403;
      expect([role, (await people[role].open(address)).status]).toEqual([role, wanted]);
    }
    if (address === '/office/supervision') {
      const shown = (await people.head.open(address)).html;
      for (const tab of ['resurvey', 'topics']) expect(shown).not.toContain(`href="/office/supervision/${tab}"`);
    }
    const first = people[allowed[0] ?? 'clerk'];
    expect((await first.open(`${address}?lang=en`)).status).toBe(200);
    expect((await first.open(`${address}?lang=zh-CN`)).status).toBe(200);
  });

  it('the start page shows my tasks, most urgent first', async () => {
    for (let count = 0; count < 2; count += 1) await letterIn('drafted', office);
    const { html } = await people.head.open('/office');
    expect(html).toContain('/office/letters?queue=to-sign-off');
    expect([...html.matchAll(/class="row-title"><a href="(\/office\/letters\/\d{4}-\d{6})"/g)].length).toBeGreaterThan(
      1,
    );
    for (const role of ['head', 'clerk', 'supervisor'] as const) {
      const start = await people[role].open('/office');
      const links = [...start.html.matchAll(/<a href="(\/office\/letters\?queue=[\w-]+)">[^<]*<\/a>/g)];
      expect(links.length).toBeGreaterThan(0);
      // What a number opens is a list of their own, not another one in its place
      for (const [, href = ''] of links) {
        const opened = await people[role].open(href);
        expect(/queue=([\w-]+)[^"]*" aria-current="page"/.exec(opened.html)?.[1]).toBe(href.split('queue=')[1]);
      }
      const rows = [...start.html.matchAll(/class="row-title"><a href="(\/office\/letters\/[^"]+)"/g)].map(
        ([, href]) => href,
      );
      expect(new Set(rows).size).toBe(rows.length);
    }
    expect((await people.administrator.open('/office')).html).not.toContain('/office/letters/20');
  });

  it('the start page of a clerk begins with what departments returned, and has what is to be published', async () => {
    const [returned, published] = [await letterIn('returned', office), await letterIn('replied', office)];
    const { html } = await people.clerk.open('/office');
    const [, first = '', ...others] = html.split('<section class="section">');
    expect(first).toContain('退回来的');
    expect(first).toContain(`/office/letters/${returned.number}`);
    expect(others.join('')).not.toContain(`/office/letters/${returned.number}`);
    expect((await people.clerk.open('/office/letters?queue=returned')).html).toContain(returned.number);
    expect(html).toContain('/office/letters?queue=to-publish');
    expect((await people.clerk.open('/office/letters?queue=to-publish')).html).toContain(published.number);
  });

  it('a letter is entered for somebody, its code shown once', async () => {
    await people.clerk.open('/office/letters/new');
    const fields = {
      channel: 'telephone',
      kind: 'help',
      title: '老人乘车卡年审',
      body: '老人不会上网，想问乘车卡在哪里年审。',
      name: '李奶奶',
      phone: '053288881111',
      formKey: 'abcdefghij0123456789',
    };
    const wrong = await people.clerk.send('/office/letters/new', { ...fields, title: '' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('李奶奶');
    const response = await people.clerk.send('/office/letters/new', fields);
    const page = await response.text();
    const number = /\d{4}-\d{6}/.exec(page)?.[0] ?? '';
    expect((await people.clerk.open(path(number))).status).toBe(200);
    expect((await people.handler.send('/office/letters/new', fields)).status).toBe(403);
  });

  it('a sample is drawn by the machine, can be drawn again, and opens the way to its writers alone', async () => {
    const written = [];
    for (let count = 0; count < 5; count += 1) written.push(await letterIn('replied', office));
    const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const { supervisor } = people;
    await supervisor.open('/office/supervision/resurvey');
    const drawn = await supervisor.send('/office/supervision/resurvey', { month, size: '3' });
    expect(drawn.status).toBe(303);
    const address = drawn.headers.get('location') ?? '';
    const { html } = await supervisor.open(address);
    const numbers = [...html.matchAll(/<span class="note">(\d{4}-\d{6})<\/span>/g)].map(([, number = '']) => number);
    expect(numbers).toHaveLength(3);
    // Anybody who knows the seed and the numbers gets the same letters
    const [, seed = ''] = /resurvey\/\d{4}-\d{2}\/(\w+)/.exec(address) ?? [];
    const pool = (await LetterModel.find({ state: 'replied' }, { number: 1 }).lean()).map(({ number }) =>
      String(number),
    );
    const key = (number: string) => createHash('sha256').update(`${seed}\n${number}`).digest('hex');
    const again = pool.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)).slice(0, 3);
    expect(numbers).toEqual(again);
    expect((await AuditEntryModel.find({ verb: 'resurvey-sample.draw' }).lean()).length).toBe(1);

    const [inside = ''] = numbers;
    const outside = written.find(({ number }) => !numbers.includes(number))?.number ?? '';
    expect((await supervisor.open(path(outside))).html).not.toContain('/reveal?');
    expect((await supervisor.send(`${path(outside)}/reveal`, { reason: '电话回访' })).status).toBe(403);
    expect((await supervisor.open(path(inside))).html).toContain('/reveal?');
    expect((await supervisor.send(`${path(inside)}/reveal`, { reason: '' })).status).toBe(422);
    const shown = await supervisor.send(`${path(inside)}/reveal`, { reason: '电话回访核实办理结果' });
    expect(await shown.text()).toContain('13812345678');
    const looks = await AuditEntryModel.find({ verb: 'letter.reveal-writer' }).lean();
    expect(looks.map(({ after }) => after)).toContainEqual(
      expect.objectContaining({ reason: '电话回访核实办理结果', sample: expect.stringContaining(seed) }),
    );
    expect((await people.administrator.send(`${path(inside)}/reveal`, { reason: '电话回访' })).status).toBe(404);

    const page = await supervisor.open(`${path(inside)}?do=resurvey`);
    const fields = { reached: '1', satisfaction: 'dissatisfied', solved: 'no', remark: '说没有人回访过。' };
    const [, sample = ''] = /name="sample" value="([^"]+)"/.exec(page.html) ?? [];
    // The number and the form stand on one page
    const called = await supervisor.send(`${path(inside)}/reveal?do=resurvey&sample=${encodeURIComponent(sample)}`, {
      reason: '电话回访核实办理结果',
    });
    const both = await called.text();
    expect(both).toContain('13812345678');
    expect(both).toContain('name="satisfaction"');
    expect(both).toContain('href="tel:13812345678"');
    // Nothing chosen is no call
    const empty = await supervisor.send(`${path(inside)}/resurvey`, { sample, remark: '还没有打' });
    expect([empty.status, (await empty.text()).includes('还没有打')]).toEqual([422, true]);
    const recorded = await supervisor.send(`${path(inside)}/resurvey`, { sample, ...fields });
    expect(recorded.status).toBe(303);
    expect(recorded.headers.get('location')).toBe(
      `${path(numbers[1] ?? '')}?do=resurvey&sample=${encodeURIComponent(sample)}#act`,
    );
    const letter = (await LetterModel.findOne({ number: inside }).lean()) as unknown as Letter;
    expect(letter.orders[0]?.reason).toBe('dissatisfied-at-resurvey');
    expect(letter.rating).toBeNull();
    expect((await supervisor.open(address)).html).toContain('不满意');
    expect((await people.handler.send('/office/supervision/resurvey', { month, size: '3' })).status).toBe(403);
  });

  it('a hot topic shows its letters, is renamed, gives letters back, and goes into another one', async () => {
    const letters = [await letterIn('submitted', office), await letterIn('replied', office)];
    const letterIds = letters.map(({ id }) => id);
    const topic = await act.mergeHotTopic(office.clerk, { letterIds, title: '公交晚点' });
    const other = await act.mergeHotTopic(office.clerk, {
      letterIds: [(await letterIn('submitted', office)).id],
      title: '公交站牌',
    });
    const { supervisor } = people;
    const at = (one: typeof topic) => `/office/supervision/topics/${one?._id}`;
    expect((await supervisor.open('/office/supervision/topics')).html).toContain(`href="${at(topic)}"`);
    const page = (await supervisor.open(at(topic))).html;
    for (const { number } of letters) expect(page).toContain(number);
    expect((await supervisor.open(path(letters[0]?.number ?? ''))).html).toContain('公交晚点');
    expect((await people.head.open(at(topic))).status).toBe(403);
    expect((await supervisor.open('/office/supervision/topics/none')).status).toBe(404);

    const taken = await supervisor.send(`${at(topic)}/name`, { title: '公交站牌' });
    expect([taken.status, (await taken.text()).includes('已经有一个叫这个名字的热点')]).toEqual([422, true]);
    expect((await supervisor.send(`${at(topic)}/name`, { title: '公交车晚点' })).status).toBe(303);
    expect((await supervisor.open(at(topic))).html).toContain('公交车晚点');
    expect((await supervisor.send(`${at(topic)}/out`, {})).status).toBe(422);
    expect((await supervisor.send(`${at(topic)}/out`, { letter: letterIds[0] ?? '' })).status).toBe(303);
    expect((await stored(letterIds[0] ?? '')).topicId).toBeNull();
    expect((await people.head.send(`${at(topic)}/end`, {})).status).toBe(403);
    const ended = await supervisor.send(`${at(topic)}/end`, { into: other?._id ?? '' });
    expect(ended.headers.get('location')).toBe(at(other));
    expect((await stored(letterIds[1] ?? '')).topicId).toBe(other?._id);
    expect((await supervisor.open(at(topic))).status).toBe(404);
    expect((await supervisor.open(`${at(other)}?lang=en`)).html).toContain('Manage this topic');
    await supervisor.open(`${at(other)}?lang=zh-CN`);
    expect((await supervisor.send(`${at(other)}/end`, { into: '' })).status).toBe(303);
    expect((await stored(letterIds[1] ?? '')).topicId).toBeNull();
    const verbs = (await AuditEntryModel.find({ 'target.type': 'topic' }).sort({ _id: 1 }).lean()).map(
      ({ verb }) => verb,
    );
    expect(verbs.toSorted()).toEqual(['topic.merge', 'topic.remove', 'topic.rename']);
  });

  it('templates are kept, offered while writing, and put into the reply', async () => {
    await people.clerk.open('/office/mailbox/templates');
    const saved = await people.clerk.send('/office/mailbox/templates', {
      title: '供水答复',
      subject: '',
      text: '您好！您的来信收悉，现答复如下：',
    });
    expect(saved.status).toBe(303);
    const { number } = await letterIn('assigned', office);
    const { html } = await people.handler.open(`${path(number)}?do=reply`);
    const href = /href="([^"]+template=[^"#]+)#act"/.exec(html)?.[1] ?? '';
    expect((await people.handler.open(href)).html).toContain('现答复如下：</textarea>');
    expect((await people.handler.send('/office/mailbox/templates', { title: 'x', text: 'y' })).status).toBe(403);
  });
});
