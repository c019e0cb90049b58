import { beforeAll, describe, expect, it } from '@jest/globals';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { typedNumbers } from '../../src/kernel/redaction/typed.ts';
import { useApp } from '../support/app.ts';
import { useBrowser } from '../support/browser.ts';
import { makeStaff } from '../support/identity.ts';
import { makeInterview, type TestInterview } from '../support/interview.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterText, writeLetter } from '../support/mailbox.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();
let live: TestInterview;
beforeAll(async () => {
  live = await makeInterview('live');
});

const card = '11010519491231002X';
const bank = '4111111111111111';
const asking = () => `/interviews/${live.id}/questions`;
const formKey = () => newId(12);
const asked = (text: string) => QuestionModel.countDocuments({ text });

describe('what counts as a number', () => {
  it.each([
    [`我的身份证${card}，`, ['identity-card']],
    [`１１０１０５１９４９１２３１００２Ｘ`, ['identity-card']],
    ['我的身份证是110105194912310021', ['identity-card']], // behind its word also with a slip in it
    ['补办身份证，受理编号110101202603070012，一直没消息', []], // another number, although the word is near
    ['110105194912310021', []], // the check digit is wrong: perhaps another number
    [`打到${bank}`, ['bank-card']],
    ['4111111111111112', []],
    ['电话１３８－１２３４－５６７８', ['telephone']],
    ['一三八一二三四五六七八', ['telephone']],
    ['座机0532-85911234', ['telephone']],
    ['拨打12345热线，监督电话0532-85911234', []],
    ['编号2026-000123，价格13850元', []],
  ])('%s', (text, kinds) => {
    expect(typedNumbers(text).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('a question without scripts', () => {
  it.each([
    ['an identity card number', card, '身份证号（110…）'],
    ['a bank card number', bank, '银行卡号（411…）'],
  ])('with %s is stopped with a sentence, and keeps what was typed', async (_what, number, sentence) => {
    const text = `暖气不热，请登记我的号码${number}，谢谢`;
    const who = visitor(app.base);
    await who.open(`/interviews/${live.id}`);
    for (const numbersKept of ['', '1']) {
      const answer = await who.send(asking(), { text, formKey: formKey(), numbersKept });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(sentence);
      expect(answer.text).toContain(text);
    }
    expect(await asked(text)).toBe(0);
  });

  it('with a telephone number is asked about once', async () => {
    const text = '暖气不热，请打我电话13812345678，谢谢';
    const who = visitor(app.base);
    await who.open(`/interviews/${live.id}`);
    const first = await who.send(asking(), { text, formKey: formKey() });
    expect(first.status).toBe(422);
    expect(first.text).toContain('公开的提问里不要留电话（138…）');
    expect(first.text).toContain('仍要这样提交');
    expect(first.text).not.toMatch(/data-numbers-kept hidden/);
    expect(await asked(text)).toBe(0);
    const second = await who.send(asking(), { text, formKey: formKey(), numbersKept: '1' });
    expect(second.status).toBe(303);
    expect(await asked(text)).toBe(1);
    const { name, value } = await staffCookie(live.people.screener.id);
    const desk = await fetch(`${app.base}/office/interviews/${live.id}/screening`, {
      headers: { cookie: `${name}=${value}` },
    });
    expect(await desk.text()).toContain('文字里有： <mark>电话号码</mark>');
  });

  it('takes no number for a nickname', async () => {
    const text = '暖气什么时候热起来，能说个准日子吗';
    const who = visitor(app.base);
    await who.open(`/interviews/${live.id}`);
    const answer = await who.send(asking(), { text, nickname: '王13812345678', formKey: formKey() });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('昵称里不要放电话');
    expect(await asked(text)).toBe(0);
  });
});

describe('a letter', () => {
  it('with a card number in it stops at the step where it was typed, and at the door of programs', async () => {
    const who = visitor(app.base);
    await who.open('/letters/new');
    const carried = { kind: letterText.kind, box: 'unified', formKey: newId(24) };
    const titled = await who.send('/letters/new/letter', { ...carried, title: `请查身份证${card}` });
    expect([titled.status, titled.text.includes(card)]).toEqual([422, true]);
    const body = `${letterText.body}退款请打到${bank}。`;
    const second = await who.sendFiles('/letters/new/contact', { ...carried, title: letterText.title, body }, []);
    expect(second.status).toBe(422);
    expect(second.text).toContain('银行卡号（411…）');
    expect(second.text).toContain(body);
    const straight = await who.send('/letters/new/send', { ...letterText, formKey: newId(24), body });
    expect(straight.status).toBe(422);
    expect(await LetterModel.countDocuments({ body })).toBe(0);
  });

  it('with a telephone number in it goes, and the clerk sees a mark', async () => {
    const { number } = await writeLetter({ body: `${letterText.body}请打13812345678。` });
    const clerk = await makeStaff({ roles: ['clerk'] });
    const { name, value } = await staffCookie(clerk.id);
    const desk = await fetch(`${app.base}/office/letters/${number}`, { headers: { cookie: `${name}=${value}` } });
    expect(await desk.text()).toContain('文字里有： <mark>电话号码</mark>');
  });
});

describe('while typing', () => {
  it('a number is said at once, in a question with the tick to keep it, in a letter as a warning', async () => {
    const page = await browser.current.newPage();
    await page.goto(`${app.base}/interviews/${live.id}#mine`);
    const said = page.locator('#ask-form .field-warning');
    const tick = page.locator('[data-numbers-kept]');
    await page.fill('#ask-form [name=text]', `暖气不热，身份证${card}`);
    await said.filter({ hasText: '身份证号（110…）' }).waitFor();
    expect(await tick.isVisible()).toBe(false);
    await page.fill('#ask-form [name=text]', '暖气不热，请打13812345678');
    await said.filter({ hasText: '不要留电话' }).waitFor();
    await page.locator('#ask-form button[type=submit]').click();
    await page.locator('#ask-form .field-error').waitFor();
    expect(await asked('暖气不热，请打13812345678')).toBe(0);
    await tick.locator('input').check();
    await page.locator('#ask-form button[type=submit]').click();
    await page.locator('.ask-told', { hasText: /./ }).waitFor();
    await page.locator('#mine-list', { hasText: '13812345678' }).waitFor();
    expect(await tick.isVisible()).toBe(false);
    await page.goto(`${app.base}/letters/new`);
    await page.fill('#field-title', '请打13812345678');
    await page.locator('.field-warning', { hasText: '联系方式在下一步' }).waitFor();
    await page.close();
  });
});
