import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { UnsentModel } from '../../src/drafts/unsentModel.ts';
import * as act from '../../src/mailbox/index.ts';
import { TemplateModel } from '../../src/mailbox/office/templateModel.ts';
import { useApp } from '../support/app.ts';
import { press, useBrowser } from '../support/browser.ts';
import { actorFor, makeStaff, type TestAccount } from '../support/identity.ts';
import { letterIn, makeOffice, replyText, stored, type Office } from '../support/mailbox.ts';
import { signIn, type Caller } from '../support/signIn.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();
const own = '承办人正在写的答复：已经联系物业，明天上午检修二次供水泵房，修好后当面回访。';
const heads = '负责人改过的答复：已经检修完毕，水压恢复正常，请您继续监督，谢谢。';
let office: Office;
let people: Record<'handler' | 'head', { account: TestAccount; caller: Caller }>;
beforeAll(async () => {
  office = await makeOffice();
  const { departmentId } = office;
  const one = async (role: 'handler' | 'head') => {
    const account = await makeStaff({ departmentId, roles: [{ role, departmentId }] });
    return { account, caller: await signIn(app, account) };
  };
  people = { handler: await one('handler'), head: await one('head') };
});

const path = (number: string) => `/office/letters/${number}`;
const editorOf = (html: string) => /<textarea[^>]*name="text"[^>]*>\s*([^<]*)/.exec(html)?.[1] ?? null;
const type = (who: Caller, number: string, name: string, texts: Record<string, string>) =>
  who.post(`${path(number)}/${name}/typing`, texts);

describe('what an official types', () => {
  it('is there again after a look at the writer, another act, another language and a reload, for them alone', async () => {
    const { id, number } = await letterIn('assigned', office);
    const { handler, head } = people;
    await handler.caller.get(path(number));
    await type(handler.caller, number, 'reply', { text: own, base: '' });
    for (const language of ['en', 'zh-CN']) {
      const address = `${path(number)}?do=reply&lang=${language}`;
      expect(editorOf((await handler.caller.get(address)).text)).toContain(own);
    }
    await act.signForLetter(await actorFor(handler.account), { letterId: id });
    expect(editorOf((await handler.caller.post(`${path(number)}/reveal`, {})).text)).toContain(own);
    await handler.caller.get(`${path(number)}?do=ask-extension`);
    await handler.caller.post(`${path(number)}/ask-extension`, { amount: '', reason: '' });
    expect(editorOf((await handler.caller.get(`${path(number)}?do=reply`)).text)).toContain(own);
    const seen = (await head.caller.get(`${path(number)}?do=reply`)).text;
    expect(seen).not.toContain(own);
    expect(seen).toContain(`${(await actorFor(handler.account)).name}正在写`);
    expect(JSON.stringify(await UnsentModel.find({}).lean())).not.toContain('二次供水');
  });

  it('keeps what was chosen as well', async () => {
    const { number } = await letterIn('accepted', office);
    const clerk = await signIn(app, await makeStaff({ roles: ['clerk'] }));
    await clerk.get(path(number));
    const chosen = { departmentId: office.departmentId, procedure: 'complex', assisting: office.assistingId };
    await type(clerk, number, 'assign', { ...chosen, remark: '' });
    const { text } = await clerk.get(`${path(number)}?do=assign`);
    expect(text).toMatch(new RegExp(`<option value="${office.departmentId}"[^>]* selected`));
    expect(text).toMatch(/value="complex"[^>]* checked/);
    expect(text).toMatch(new RegExp(`value="${office.assistingId}"[^>]* checked`));
  });

  it('keeps what is to be masked and how much is shown, in front of the look at the writer', async () => {
    const { number } = await letterIn('replied', office);
    const context = await browser.current.newContext();
    const clerk = await makeStaff({ roles: ['clerk'] });
    await context.addCookies([{ ...(await staffCookie(clerk.id)), url: app.base }]);
    const page = await context.newPage();
    await page.goto(`${app.base}${path(number)}?do=publish`);
    await page.fill('[name=words]', '海棠湾小区');
    await page.check('[name=visibility][value=listed]');
    await press(page, `form[action^="${path(number)}/reveal"] button`);
    expect(await page.inputValue('[name=words]')).toBe('海棠湾小区');
    expect(await page.isChecked('[name=visibility][value=listed]')).toBe(true);
    await context.close();
  });

  it('is kept no longer when it was sent', async () => {
    const { id, number } = await letterIn('assigned', office);
    const { caller } = people.handler;
    await caller.get(path(number));
    await type(caller, number, 'reply', { text: own, base: '' });
    const { version } = await stored(id);
    await caller.post(`${path(number)}/reply`, { text: replyText, version: String(version), then: 'save' });
    expect(editorOf((await caller.get(`${path(number)}?do=reply`)).text)).toContain(replyText);
  });

  it('is not taken by somebody to whom the letter is nothing', async () => {
    const { number } = await letterIn('assigned', office);
    const stranger = await signIn(app, await makeStaff({ roles: ['administrator'] }));
    expect((await type(stranger, number, 'reply', { text: own })).status).toBe(404);
    expect((await type(people.handler.caller, number, 'no-such-act', { text: own })).status).toBe(404);
  });
});

describe('two people at one draft', () => {
  it('are shown each other’s words, and neither is lost', async () => {
    const { id, number } = await letterIn('assigned', office);
    const { handler, head } = people;
    const opened = (await stored(id)).version;
    await handler.caller.get(path(number));
    await type(handler.caller, number, 'reply', { text: own, base: '' });
    await act.draftReply(await actorFor(head.account), { letterId: id, version: opened, text: heads });
    const refused = await handler.caller.post(`${path(number)}/reply`, {
      text: own,
      base: '',
      version: String(opened),
      then: 'save',
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain(heads);
    expect(refused.text).toContain(`${(await actorFor(head.account)).name}存了另一稿`);
    expect(editorOf(refused.text)).toContain(own);
    const taken = (await handler.caller.get(`${path(number)}?do=reply&take=theirs`)).text;
    expect(editorOf(taken)).toContain(heads);
    expect(taken).toContain(own);
    const { version } = await stored(id);
    await handler.caller.post(`${path(number)}/reply`, { text: own, version: String(version), then: 'save' });
    expect(await stored(id)).toMatchObject({ draft: { text: own }, formerDrafts: [{ text: heads }] });
    expect((await head.caller.get(path(number))).text).toContain(heads);
  });

  it('a head’s changes at the sign-off stay while another act is looked at, and what they replace is set aside', async () => {
    const { id, number } = await letterIn('drafted', office);
    const { caller } = people.head;
    await caller.get(path(number));
    const base = (await stored(id)).draft?.at.toISOString() ?? '';
    await type(caller, number, 'sign-off', { text: heads, base });
    await caller.get(`${path(number)}?do=send-back`);
    expect(editorOf((await caller.get(`${path(number)}?do=sign-off`)).text)).toContain(heads);
    const { version } = await stored(id);
    await caller.post(`${path(number)}/sign-off`, { text: heads, version: String(version) });
    expect(await stored(id)).toMatchObject({ draft: { text: heads }, formerDrafts: [{ text: replyText }] });
  });
});

describe('words that are taken over', () => {
  it('are added to what was typed, without scripts', async () => {
    const { number } = await letterIn('assigned', office);
    await TemplateModel.create({ _id: 'usual', title: '常用语', text: '感谢您对我们工作的支持。', subject: '' });
    const { caller } = people.handler;
    await caller.get(path(number));
    await type(caller, number, 'reply', { text: own, base: '' });
    const editor = editorOf((await caller.get(`${path(number)}?do=reply&template=usual`)).text);
    expect(editor).toContain(own);
    expect(editor).toContain('感谢您对我们工作的支持。');
  });

  const open = async (number: string): Promise<Page> => {
    const context = await browser.current.newContext();
    await context.addCookies([{ ...(await staffCookie(people.handler.account.id)), url: app.base }]);
    const page = await context.newPage();
    await page.goto(`${app.base}${path(number)}?do=reply`);
    return page;
  };

  it('stand where the cursor is, and go away again', async () => {
    const { number } = await letterIn('assigned', office);
    const page = await open(number);
    await page.fill('textarea[name=text]', '甲乙');
    await page.evaluate(() => {
      const area = document.querySelector<HTMLTextAreaElement>('textarea[name=text]');
      area?.setSelectionRange(1, 1);
    });
    await page.locator('details:has-text("感谢您对我们工作的支持") > summary').click();
    await page.locator('li:has-text("感谢您对我们工作的支持") a[data-insert]').click();
    expect(await page.inputValue('textarea[name=text]')).toBe('甲\n\n感谢您对我们工作的支持。乙');
    await page.click('[data-insert-undo]');
    expect(await page.inputValue('textarea[name=text]')).toBe('甲乙');
    await page.context().close();
  });

  it('what was typed a moment ago is still there after a look at the writer', async () => {
    const { id, number } = await letterIn('assigned', office);
    await act.signForLetter(await actorFor(people.handler.account), { letterId: id });
    const page = await open(number);
    await page.fill('textarea[name=text]', own);
    await press(page, `form[action^="${path(number)}/reveal"] button`);
    expect(await page.inputValue('textarea[name=text]')).toBe(own);
    await page.reload();
    await page.context().close();
    const elsewhere = await open(number);
    expect((await elsewhere.inputValue('textarea[name=text]')).trim()).toBe(own);
    await elsewhere.context().close();
  });
});
