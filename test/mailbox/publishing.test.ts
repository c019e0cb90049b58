import { beforeAll, describe, expect, it } from '@jest/globals';
import * as act from '../../src/mailbox/index.ts';
import { answerFor } from '../../src/mailbox/office/nearby.ts';
import { PublicShelf, shelfFields } from '../../src/mailbox/publicShelf.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { proposeSpans } from '../../src/mailbox/publication.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { useApp } from '../support/app.ts';
import { useBrowser } from '../support/browser.ts';
import { actorFor, makeStaff, type TestAccount } from '../support/identity.ts';
import { letterIn, makeOffice, stored, type Office } from '../support/mailbox.ts';
import { visitor } from '../support/letterVisitor.ts';

const app = useApp();
const browser = useBrowser();
let office: Office;
let account: TestAccount;
beforeAll(async () => {
  account = await makeStaff({ roles: ['clerk'] });
  office = { ...(await makeOffice()), clerk: await actorFor(account) };
});

const title = '请古丽·买买提家楼下的泵房尽快修好';
const body =
  '我叫古丽·买买提，电话138、1234、5678，住在海棠湾小区6号楼2单元301室。泵房每天夜里两点响，护照号EJ1234567。请尽快处理。';
const reply = '古丽·买买提您好：泵房噪声已安排检修，加装减振垫。如有疑问请拨打0532-88880000。';

/** A letter that was answered. */
async function answered(given: Record<string, unknown> = {}) {
  const letter = await letterIn('assigned', office, { title, body, ...given });
  const letterId = letter.id;
  await act.submitForSignOff(office.handler, { letterId, text: reply });
  await act.signOff(office.head, { letterId });
  await act.releaseReply(office.clerk, { letterId });
  return letter;
}

describe('what is proposed', () => {
  it('goes with its words into every text, and leaves the number of the office to be read', async () => {
    const { id } = await answered();
    const letter = await stored(id);
    const proposed = proposeSpans(letter);
    const texts = { title: letter.title, body: letter.body, reply: letter.replies.at(-1)?.text ?? '' };
    const words = (field: keyof typeof texts) =>
      proposed[field].map(({ start, end, ticked }) => `${ticked ? '' : 'not '}${texts[field].slice(start, end)}`);
    expect(words('title')).toEqual(['古丽·买买提']);
    expect(words('body')).toEqual(['古丽·买买提', '138、1234、5678', '海棠湾小区6号楼2单元301室', 'EJ1234567']);
    expect(words('reply')).toEqual(['古丽·买买提', 'not 0532-88880000']);
  });
});

describe('what was masked once', () => {
  it('is masked at every door, and cannot be searched for', async () => {
    const { id, number } = await answered();
    const proposed = proposeSpans(await stored(id));
    await act.publishLetter(office.clerk, { letterId: id, visibility: 'public', spans: JSON.stringify(proposed) });
    const who = visitor(app.base);
    const about = encodeURIComponent('泵房每天夜里响，请尽快修好');
    const doors = [
      '/',
      '/letters',
      `/letters?search=${encodeURIComponent('泵房夜里')}`,
      `/letters?search=${number}`,
      `/letters/${number}`,
      `/letters/similar?title=${about}`,
      '/api/v1/letters',
      `/api/v1/letters?search=${encodeURIComponent('泵房夜里')}`,
      `/api/v1/letters/${number}`,
      `/api/v1/letters/similar?text=${about}`,
      '/api/v1/letters/topics',
      '/open-data',
      '/sitemap.xml',
    ];
    const secrets = /古丽|买买提|1234|5678|301室|EJ1234567|6号楼/;
    const shown = [];
    for (const door of doors) {
      const { status, text } = await who.open(door);
      expect([door, status === 200 || status === 404, secrets.exec(text)?.[0]]).toEqual([door, true, undefined]);
      if (text.includes('泵房')) shown.push(door);
    }
    expect(shown.length).toBeGreaterThanOrEqual(9);
    await who.open('/letters/new');
    const second = await who.send('/letters/new/letter', { kind: 'help', title: '泵房夜里响', box: 'unified' });
    expect(second.text).toContain('泵房');
    expect(second.text).not.toMatch(secrets);
    for (const secret of ['买买提', '138、1234、5678', '13812345678', 'EJ1234567']) {
      const { text } = await who.open(`/api/v1/letters?search=${encodeURIComponent(secret)}`);
      expect([secret, text.includes(number)]).toEqual([secret, false]);
    }
  });

  it('is not in what the index keeps, nor in files and replies that go to others', async () => {
    const { id } = await answered();
    const proposed = proposeSpans(await stored(id));
    await act.publishLetter(office.clerk, { letterId: id, visibility: 'public', spans: JSON.stringify(proposed) });
    const shelf = new PublicShelf();
    shelf.put((await LetterModel.findById(id, shelfFields).lean<Letter>()) as Letter);
    const again = new PublicShelf(shelf.keep());
    const none = { limit: 5, minimum: 0.05 };
    expect(again.search('泵房夜里响', null, none)).toHaveLength(1);
    expect(again.search('买买提', null, none)).toEqual([]);
    const clerk = await signedIn();
    const file = await clerk.open('/office/letters/export.csv?list=all');
    expect(file.text).not.toContain('买买提');
    expect(answerFor(office.clerk, await stored(id))).toMatch(/^古某某您好：泵房噪声/);
  });
});

async function signedIn() {
  const who = visitor(app.base);
  await who.open('/office/sign-in');
  await who.send('/office/sign-in', { userName: account.userName, password: account.password });
  return who;
}

describe('the publishing desk', () => {
  it('masks what is selected, shows the result at once, and leads to the public page afterwards', async () => {
    const { number } = await answered({
      body: '海棠湾小区泵房旁的红房子里有人半夜修车，电话13812345678，请尽快处理一下，谢谢。',
    });
    const page = await browser.current.newPage();
    await page.goto(`${app.base}/office/sign-in`);
    await page.fill('[name=userName]', account.userName);
    await page.fill('[name=password]', account.password);
    await Promise.all([page.waitForURL(/office(?!\/sign-in)/), page.press('[name=password]', 'Enter')]);
    await page.goto(`${app.base}/office/letters/${number}?do=publish`);
    const result = page.locator('[data-result=body]');
    expect(await result.textContent()).toContain('电话****');
    await page.evaluate(() => {
      const piece = document.querySelector('[data-original=body] [data-at]')?.firstChild as Text;
      const at = piece.data.indexOf('红房子');
      getSelection()?.setBaseAndExtent(piece, at, piece, at + 3);
    });
    await page.locator('section:has([data-original=body]) [data-mark]:not([disabled])').click();
    expect(await result.textContent()).toContain('泵房旁的****里有人');
    await page.click('[name=then][value=preview]');
    await page.waitForURL(/#publish-result$/);
    expect(await page.locator('[data-result=body]').textContent()).toContain('泵房旁的****里有人');
    expect(await page.locator('#publish-result').evaluate((box) => box.getBoundingClientRect().top < innerHeight)).toBe(
      true,
    );
    await page.locator('form[data-publishing] button:not([name]):not([data-mark])').click();
    await page.locator(`a[href="/letters/${number}"]`).first().click();
    const text = await page.textContent('main');
    expect(text).toContain('泵房旁的****里有人');
    expect(text).not.toMatch(/红房子|13812345678/);
    await page.close();
  });
});
