import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { openIdentity } from '../../src/mailbox/writerModel.ts';
import { useApp } from '../support/app.ts';
import { letterIn, letterText, makeOffice, replyText, stored, type Office } from '../support/mailbox.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { thirdStep } from '../../src/mailbox/writeView.ts';
import { makeCitizen } from '../support/identity.ts';
import { visitor } from '../support/letterVisitor.ts';
import { makeStaff } from '../support/identity.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
let office: Office;
beforeAll(async () => {
  office = await makeOffice();
});
afterEach(() => setClock());

/** Goes through the three steps as a browser without scripts does; gives the number and the code that are shown. */
async function writeOnPages(given: Record<string, string> = {}, who = visitor(app.base)) {
  const typed = { ...letterText, ...given };
  await who.open('/letters/new');
  const second = await who.send('/letters/new/letter', { kind: typed.kind, title: typed.title, box: 'unified' });
  const formKey = /name="formKey" value="([^"]+)"/.exec(second.text)?.[1] ?? '';
  const carried = { kind: typed.kind, title: typed.title, box: 'unified', formKey };
  const third = await who.sendFiles('/letters/new/contact', { ...carried, body: typed.body }, []);
  const { name, phone, email, mayPublish, body } = typed;
  const sent = await who.send('/letters/new/send', { ...carried, body, name, phone, email, mayPublish });
  const page = await who.open('/letters/sent');
  const [number = '', code = ''] = [...page.text.matchAll(/<dd>([^<]+)<\/dd>/g)].map(([, text = '']) => text.trim());
  return { who, second, third, sent, page, number, code };
}

describe('writing a letter', () => {
  it('takes three steps without scripts and shows number and code', async () => {
    const { second, third, sent, number, code, who } = await writeOnPages();
    expect([second.status, third.status, sent.status]).toEqual([200, 200, 303]);
    expect(third.text).toContain(letterText.body.slice(0, 20));
    expect(number).toMatch(/^\d{4}-\d{6}$/);
    const wrong = await who.send('/letters/track', { number, code: '0000000000' });
    const unknown = await who.send('/letters/track', { number: '2026-999999', code });
    expect([wrong.status, unknown.status]).toEqual([404, 404]);
    const sentence = (text: string) => /role="alert"><p>([^<]+)/.exec(text)?.[1];
    expect(sentence(wrong.text)).toBe(sentence(unknown.text));
    const opened = await who.send('/letters/track', { number, code: code.toUpperCase() });
    expect(opened.status).toBe(303);
    const page = await who.open(`/letters/track/${number}`);
    expect(page.text).toContain(letterText.title);
    expect((await visitor(app.base).open(`/letters/track/${number}`)).status).toBe(303);
  });

  it('takes telephone, mail, number and code as telephones and Chinese keyboards give them', async () => {
    const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const { sent, number, code } = await writeOnPages({ phone: '\u202D138 1234 5678\u202C', email: 'Zhang＠qq．com' });
    expect(sent.status).toBe(303);
    const letter = await LetterModel.findOne({ number }).lean();
    const writer = await openIdentity(letter?._id ?? '');
    expect([writer?.phone, writer?.email]).toEqual(['138 1234 5678', 'zhang@qq.com']);
    const [year, order = ''] = number.split('-');
    const spellings = [wide(number), number.replace('-', '—'), number.replace('-', ''), `编号${year}-${Number(order)}`];
    for (const spelling of spellings) {
      const opened = await visitor(app.base).send('/letters/track', {
        number: spelling,
        code: wide(code.toUpperCase()),
      });
      expect([spelling, opened.status]).toEqual([spelling, 303]);
    }
  });

  it('keeps what was typed when a step is not complete', async () => {
    const who = visitor(app.base);
    await who.open('/letters/new');
    const first = await who.send('/letters/new/letter', { kind: '', title: '水压<b>低</b>不足' });
    expect(first.status).toBe(422);
    expect(first.text).toContain('水压&lt;b&gt;低&lt;/b&gt;不足');
    const second = await who.sendFiles('/letters/new/contact', { kind: 'help', title: '小区水压不足', body: '短' }, []);
    expect(second.status).toBe(422);
    const third = await who.send('/letters/new/send', { ...letterText, phone: '', email: '', formKey: 'a'.repeat(24) });
    expect(third.status).toBe(422);
    expect(third.text).toContain('name="address"');
    expect(third.text).toContain(letterText.body.slice(0, 20));
  });

  it('sends again what was changed after Back as a letter of its own, or says that it was not sent', async () => {
    const { who, second, number } = await writeOnPages();
    const formKey = /name="formKey" value="([^"]+)"/.exec(second.text)?.[1] ?? '';
    const changed = { ...letterText, title: '另一件事：路灯坏了三天', formKey };
    const refused = await who.send('/letters/new/send', changed);
    expect(refused.status).toBe(409);
    for (const words of [changed.title, letterText.body.slice(0, 20), number, '没有寄出']) {
      expect(refused.text).toContain(words);
    }
    const anew = /name="formKey" value="([^"]+)"/.exec(refused.text)?.[1] ?? '';
    expect((await who.send('/letters/new/send', { ...changed, formKey: anew })).status).toBe(303);
    const sent = (await who.open('/letters/sent')).text;
    expect([sent.includes('信件编号'), sent.includes(number)]).toEqual([true, false]);
  });

  it('asks what only its writer can decide, and decides nothing for them', async () => {
    const who = visitor(app.base);
    await who.open('/letters/new');
    const { kind, title, body, name, phone } = letterText;
    const second = await who.send('/letters/new/letter', { kind, title, box: 'unified' });
    expect(second.text).not.toMatch(/<option[^>]* selected/);
    expect(second.text).not.toContain('%');
    const formKey = /name="formKey" value="([^"]+)"/.exec(second.text)?.[1] ?? '';
    const carried = { kind, title, box: 'unified', formKey, body };
    const third = await who.sendFiles('/letters/new/contact', carried, []);
    expect(third.text).not.toMatch(/name="mayPublish"[^>]* checked/);
    expect(third.text).toContain('只留电话不会收到通知');
    const open = await who.send('/letters/new/send', { ...carried, name: '' });
    expect(open.status).toBe(422);
    // Everything that is missing at once
    for (const field of ['name', 'phone', 'email', 'mayPublish']) expect(open.text).toContain(`href="#field-${field}"`);
    const sent = await who.send('/letters/new/send', { ...carried, name, phone, mayPublish: '0' });
    expect(sent.status).toBe(303);
    const page = (await who.open('/letters/sent')).text;
    expect(page).toContain('不会自动通知您');
    expect(page).toMatch(/告诉您是否受理，最迟 <b><time/);
    expect(page).toMatch(/一般不晚于 <b><time/);
    const number = /<dd>(\d{4}-\d{6})<\/dd>/.exec(page)?.[1];
    const letter = await LetterModel.findOne({ number }).lean<Letter>();
    expect([letter?.mayPublish, letter?.wishedDepartmentId]).toEqual([false, null]);
  });

  it('fills in the address that its writer has proved', async () => {
    const citizen = await makeCitizen('张三', 'zhangsan@example.com');
    const step = await thirdStep(citizen, { title: '路灯', formKey: 'k'.repeat(24) });
    expect(step.values.email).toBe('zhangsan@example.com');
    const cleared = await thirdStep(citizen, { title: '路灯', formKey: 'k'.repeat(24), sent: '1', email: '' });
    expect(cleared.values.email).toBe('');
  });

  it('takes a proposed department only when asked to, with what was typed', async () => {
    const who = visitor(app.base);
    await who.open('/letters/new');
    const { kind, title, body } = letterText;
    const departmentId = office.departmentId;
    const fields = { kind, title, box: 'unified', formKey: 'f'.repeat(24), body, adopt: departmentId };
    const page = await who.sendFiles('/letters/new/adopt', fields, [{ name: '水压.txt', content: '低' }]);
    expect(page.text).toMatch(new RegExp(`<option value="${departmentId}" selected`));
    expect(page.text).toContain(body);
    expect(page.text).toContain('水压.txt');
  });

  it('is slowed down for those who bring no proof of work', async () => {
    const who = visitor(app.base);
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await writeOnPages({}, who)).sent.status);
    expect(statuses).toContain(429);
  });
});

describe('the page of a letter', () => {
  it('asks, rates and asks again, each where it is possible', async () => {
    const letter = await letterIn('assigned', office);
    const who = visitor(app.base);
    await who.open('/letters/track');
    await who.send('/letters/track', { number: letter.number, code: letter.code });
    const path = `/letters/track/${letter.number}`;
    await act.askWriter(office.handler, { letterId: letter.id, text: '请补充楼号。' });
    expect((await who.open(path)).text).toContain('请补充楼号。');
    const answered = await who.sendFiles(`${path}/supplement`, { text: '三号楼二单元' }, [
      { name: '说明.txt', content: '水压记录' },
    ]);
    expect(answered.status).toBe(303);
    expect((await stored(letter.id)).inquiries[0]?.answer?.attachments).toHaveLength(1);
    await act.submitForSignOff(office.handler, { letterId: letter.id, text: replyText });
    await act.signOff(office.head, { letterId: letter.id });
    await act.releaseReply(office.clerk, { letterId: letter.id });
    const bare = await who.send(`${path}/rating`, { satisfaction: 'dissatisfied', solved: 'no', reason: '' });
    expect(bare.status).toBe(422);
    const rated = await who.send(`${path}/rating`, {
      satisfaction: 'dissatisfied',
      solved: 'no',
      reason: '没有人来过现场',
    });
    expect(rated.status).toBe(303);
    expect((await who.send(`${path}/rehandling`, { reason: '没有人来过现场' })).status).toBe(303);
    expect((await stored(letter.id)).rehandling?.state).toBe('asked');
    expect((await who.send(`${path}/withdraw`, {})).status).toBe(409);
    const stranger = visitor(app.base);
    await stranger.open('/letters/track');
    expect((await stranger.send(`${path}/withdraw`, {})).status).toBe(404);
  });
});

describe('public letters', () => {
  it('show the redacted text only, are found, and disappear when hidden', async () => {
    const body = '我是王海，电话13812345678，海棠湾小区水压一直不足，请问何时能修好？谢谢。';
    const letter = await letterIn('replied', office, { title: '海棠湾水压问题咨询', body });
    const spans = {
      title: [],
      body: [
        { start: 2, end: 4, kind: 'name' },
        { start: 7, end: 18, kind: 'telephone' },
      ],
      reply: [],
    };
    const who = visitor(app.base);
    expect((await who.open(`/letters/${letter.number}`)).status).toBe(404);
    await act.publishLetter(office.clerk, { letterId: letter.id, visibility: 'public', spans: JSON.stringify(spans) });
    const page = await who.open(`/letters/${letter.number}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('13812345678');
    expect(page.text).not.toContain('王海');
    expect((await stored(letter.id)).body).toBe(body);
    expect((await who.open('/letters?search=海棠湾水压')).text).toContain(`/letters/${letter.number}`);
    expect((await who.open('/letters')).text).toContain(`/letters/${letter.number}`);
    await act.hideLetter(office.clerk, { letterId: letter.id, reason: '来信人要求撤下' });
    expect((await who.open(`/letters/${letter.number}`)).status).toBe(404);
    expect((await who.open('/letters?search=海棠湾水压')).text).not.toContain(`/letters/${letter.number}`);
  });

  describe('are searched', () => {
    const titles = [
      'ＡＴＭ机吞卡没人管',
      '𠮷祥路半夜停水',
      '5G基站离楼太近',
      '3路公交改道绕远',
      '後面小巷路灯不亮',
      '桥北菜场占道',
    ];
    const numbers: string[] = [];
    beforeAll(async () => {
      const spans = { title: [], body: [], reply: [] };
      for (const title of titles) {
        const letter = await letterIn('replied', office, {
          title,
          body: `${title}，请有关部门尽快处理，谢谢你们的辛苦付出。`,
        });
        await act.publishLetter(office.clerk, {
          letterId: letter.id,
          visibility: 'public',
          spans: JSON.stringify(spans),
        });
        numbers.push(letter.number);
      }
    });
    const search = async (words: string) =>
      (await visitor(app.base).open(`/letters?search=${encodeURIComponent(words)}`)).text;

    it.each([
      ['atm', 0],
      ['ＡＴＭ', 0],
      ['水', 1],
      ['停 水', 1],
      ['𠮷祥', 1],
      ['5G', 2],
      ['５ｇ', 2],
      ['3', 3],
      ['3路', 3],
      ['公', 3],
      ['后面', 4],
      ['後面', 4],
      ['橋北', 5],
    ])('%s finds its letter, marked and counted', async (words, place) => {
      const text = await search(words);
      expect(text).toContain(`/letters/${numbers[place]}`);
      expect(text).toMatch(/找到 \d+ 封/);
      expect(text).toMatch(/<mark>/);
    });

    it('finds a letter by its number however it is typed, and by its end', async () => {
      const number = numbers[3] ?? '';
      const [year, order = ''] = number.split('-');
      for (const typed of [
        number,
        `${year}—${order}`,
        `${year}${order}`,
        order,
        String(Number(order)),
        `编号${number}`,
      ])
        expect([typed, (await search(typed)).includes(`/letters/${number}`)]).toEqual([typed, true]);
    });

    it('says what it did with a search that is too long or too short', async () => {
      const long = await search(`公交改道${'，请尽快处理这件事情'.repeat(12)}`);
      expect(long).toContain('只按前 100 个字找');
      expect(long).toContain(`/letters/${numbers[3]}`);
      expect(await search('龘')).toContain('只写一个字时，只在标题里找');
      expect(await search('绝无此事可寻')).toContain('换个说法再搜');
    });

    it('folds alike in the office', async () => {
      const account = await makeStaff({ roles: ['clerk'] });
      const letter = await letterIn('submitted', office, { title: 'ＡＴＭ机吞卡，橋北网点' });
      const { name, value } = await staffCookie(account.id);
      const [year, order = ''] = letter.number.split('-');
      for (const words of ['atm', '桥北', `${year}${order}`, order]) {
        const address = `${app.base}/office/letters?queue=all&search=${encodeURIComponent(words)}`;
        const page = await (await fetch(address, { headers: { cookie: `${name}=${value}` } })).text();
        expect([words, page.includes(`/office/letters/${letter.number}`)]).toEqual([words, true]);
      }
    });
  });

  it('of nearly equal answers one is shown to somebody who writes', async () => {
    const spans = { title: [], body: [], reply: [] };
    for (const where of ['一', '二', '三']) {
      const letter = await letterIn('replied', office, {
        title: '暖气不热，室内只有14度',
        body: `我家${where}层的暖气不热，室内只有14度，请尽快处理一下。`,
      });
      await act.publishLetter(office.clerk, {
        letterId: letter.id,
        visibility: 'public',
        spans: JSON.stringify(spans),
      });
    }
    const who = visitor(app.base);
    await who.open('/letters/new');
    const second = await who.send('/letters/new/letter', {
      kind: 'help',
      title: '暖气不热，室内只有14度',
      box: 'unified',
    });
    expect(second.text.match(/<summary><bdi>暖气不热，室内只有14度/g)).toHaveLength(1);
    expect(second.text).toContain('还有 2 封类似');
  });

  it('are grouped by hot topics, on the page and in the API', async () => {
    const spans = { title: [], body: [], reply: [] };
    const letters = [
      await letterIn('replied', office),
      await letterIn('replied', office),
      await letterIn('replied', office),
    ];
    const [one, other, hidden] = letters.map(({ id }) => id);
    for (const letterId of [one, other]) {
      await act.publishLetter(office.clerk, { letterId, visibility: 'public', spans: JSON.stringify(spans) });
    }
    const topic = await act.mergeHotTopic(office.clerk, { letterIds: [one, other, hidden], title: '早晚水压不足' });
    const who = visitor(app.base);
    const page = (await who.open('/letters')).text;
    expect(page).toContain('早晚水压不足');
    expect(page).toContain('公开 2 封，已答复 2 封');
    const chosen = (await who.open(`/letters?topic=${topic?._id}`)).text;
    expect(chosen).toContain('热点：早晚水压不足');
    expect(chosen.match(/class="row-title"/g)).toHaveLength(2);
    expect((await who.open(`/letters/${letters[0]?.number}`)).text).toContain('热点：');
    const { topics } = (await (await fetch(`${app.base}/api/v1/letters/topics`)).json()) as { topics: object[] };
    expect(topics).toMatchObject([{ id: topic?._id, letters: 2, answered: 2 }]);
  });
});
