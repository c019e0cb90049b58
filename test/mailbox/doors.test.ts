import { beforeAll, describe, expect, it } from '@jest/globals';
import * as act from '../../src/mailbox/index.ts';
import { passFor } from '../../src/mailbox/pass.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterIn, letterText, makeOffice, stored, writeLetter, type Office } from '../support/mailbox.ts';
import { solved } from '../support/proof.ts';

const app = useApp();
let office: Office;
beforeAll(async () => {
  office = await makeOffice();
  await storeSetting('web.limit-letter-track-address', 10_000, 'test');
});

const proof = () => solved(`${app.base}/api/v1/letters/challenge`);

async function post(path: string, body: unknown) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${app.base}/api/v1${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

describe('the API', () => {
  it('takes a letter with a proof of work, once a proof, and lets it be followed', async () => {
    const altcha = await proof();
    const written = await post('/letters', { ...letterText, mayPublish: true, altcha });
    expect(written.status).toBe(201);
    const { number, code } = written.body as unknown as { number: string; code: string };
    expect((await post('/letters', { ...letterText, altcha })).status).toBe(403);
    const send = async (given: object) =>
      post('/letters', { ...letterText, formKey: 'k'.repeat(24), ...given, altcha: await proof() });
    const first = await send({});
    expect(await send({})).toEqual(first);
    const other = await send({ body: `${letterText.body}（另有补充）` });
    expect([other.status, JSON.stringify(other.body)]).toEqual([409, expect.not.stringMatching(/20\d\d-\d{6}/)]);
    expect((await post('/letters', letterText)).status).toBe(403);
    const tracked = await post('/letters/track', { number, code });
    expect(tracked.body).toMatchObject({ letter: { state: 'submitted', clocks: [{ stage: 'accept' }] } });
    expect(JSON.stringify(tracked.body)).not.toContain(letterText.phone);
  });

  it('says no word too much about letters that are not public', async () => {
    const { number } = await writeLetter();
    const [there, not] = [
      await fetch(`${app.base}/api/v1/letters/${number}`),
      await fetch(`${app.base}/api/v1/letters/2026-999999`),
    ];
    expect([there.status, not.status]).toEqual([404, 404]);
    expect(await there.text()).toBe(await not.text());
    const [wrongCode, wrongNumber] = [
      await post('/letters/track', { number, code: 'x' }),
      await post('/letters/track', { number: '2026-888888', code: 'x' }),
    ];
    expect(wrongCode).toEqual(wrongNumber);
  });

  it.each([[{ $gt: '' }], [['a']], [null], [7], [{ toString: 'x' }]])(
    'takes no %j for a number or a code',
    async (evil) => {
      const { number } = await writeLetter();
      expect((await post('/letters/track', { number, code: evil })).status).toBe(404);
      expect((await post('/letters/track', { number: evil, code: 'x' })).status).toBe(404);
    },
  );

  it('takes a rating, once, with the query code alone', async () => {
    const { id, number, code } = await letterIn('replied', office);
    const rating = { code, satisfaction: 'dissatisfied', solved: false };
    expect((await post(`/letters/${number}/rating`, rating)).status).toBe(422);
    expect((await post(`/letters/${number}/rating`, { ...rating, solved: 'maybe' })).status).toBe(422);
    expect((await stored(id)).rating).toBeNull();
    const rated = await post(`/letters/${number}/rating`, { ...rating, reason: '没有人来过现场' });
    expect([rated.status, rated.body]).toMatchObject([
      200,
      { letter: { rating: { satisfaction: 'dissatisfied', solved: false }, acts: ['ask-rehandling'] } },
    ]);
    expect((await stored(id)).rating).toMatchObject({ satisfaction: 'dissatisfied', reason: '没有人来过现场' });
    expect((await post(`/letters/${number}/rating`, { ...rating, reason: '没有人来过现场' })).status).toBe(409);
  });

  it('takes a letter back as long as no answer is signed', async () => {
    const early = await letterIn('assigned', office);
    const withdrawn = await post(`/letters/${early.number}/withdrawal`, { code: early.code, reason: '已经修好' });
    expect([withdrawn.status, withdrawn.body]).toMatchObject([200, { letter: { state: 'withdrawn', acts: [] } }]);
    expect((await stored(early.id)).state).toBe('withdrawn');
    const late = await letterIn('signed-off', office);
    expect((await post(`/letters/${late.number}/withdrawal`, { code: late.code })).status).toBe(409);
    expect((await stored(late.id)).state).toBe('signed-off');
  });

  it.each([
    ['rating', { satisfaction: 'satisfied', solved: true }],
    ['withdrawal', {}],
  ])(
    'a %s with a wrong number is answered as one with a wrong code, nothing is written, tries are counted',
    async (act, body) => {
      const { id, number } = await letterIn(act === 'rating' ? 'replied' : 'assigned', office);
      const before = await stored(id);
      const unknown = await post(`/letters/2026-777777/${act}`, { ...body, code: 'x' });
      expect(unknown.status).toBe(404);
      for (const code of ['x', undefined, { $gt: '' }, ['x']]) {
        expect(await post(`/letters/${number}/${act}`, { ...body, code })).toEqual(unknown);
      }
      const statuses: number[] = [];
      for (let guess = 0; guess < 30; guess += 1) {
        statuses.push((await post(`/letters/${number}/${act}`, { ...body, code: `9${guess}` })).status);
      }
      expect(statuses.at(-1)).toBe(429);
      expect(await stored(id)).toEqual(before);
    },
  );

  it('is written down in the OpenAPI document', async () => {
    const document = (await (await fetch(`${app.base}/api/v1/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/letters',
        '/letters/{number}',
        '/letters/track',
        '/letters/{number}/rating',
        '/letters/{number}/withdrawal',
      ]),
    );
  });
});

describe('hostile input', () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'`{{7*7}}\u202e𠮷👨‍👩‍👧';
  it('is shown as text wherever a letter is shown', async () => {
    const letter = await letterIn('replied', office, {
      title: evil.slice(0, 58),
      body: `${evil}\n${evil}`,
      name: '𠮷王',
    });
    const spans = { title: [], body: [], reply: [] };
    await act.publishLetter(office.clerk, { letterId: letter.id, visibility: 'public', spans });
    const who = visitor(app.base);
    await who.open('/letters/track');
    await who.send('/letters/track', { number: letter.number, code: letter.code });
    for (const path of ['/letters', `/letters/${letter.number}`, `/letters/track/${letter.number}`]) {
      const { status, text } = await who.open(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img src=x');
      expect(text).not.toContain('\u202e');
    }
  });

  it('a body of 10,000 characters is told to be too long, and fits when the setting lets it', async () => {
    const body = '水'.repeat(10_000);
    await expect(writeLetter({ body })).rejects.toMatchObject({ status: 422, fields: { body: expect.anything() } });
    await storeSetting('mailbox.body-length-max', 10_000, 'test');
    expect((await stored((await writeLetter({ body })).id)).body).toHaveLength(10_000);
    await storeSetting('mailbox.body-length-max', null, 'test');
  });

  it('20 attachments are too many, and files are looked at by their content', async () => {
    const who = visitor(app.base);
    await who.open('/letters/new');
    const fields = { kind: 'help', title: '小区水压不足', body: letterText.body };
    const files = Array.from({ length: 20 }, (_, index) => ({ name: `${index}.txt`, content: `第${index}个` }));
    expect((await who.sendFiles('/letters/new/contact', fields, files)).status).toBe(422);
    const exe = [{ name: '照片.jpg', content: Buffer.from('MZ\u0000\u0001binary') }];
    expect((await who.sendFiles('/letters/new/contact', fields, exe)).status).toBe(422);
    const taken = await who.sendFiles('/letters/new/contact', fields, files.slice(0, 2));
    expect(taken.status).toBe(200);
    // Somebody else cannot take these files for a letter of their own
    const [id = ''] = [...taken.text.matchAll(/name="attachments" value="([^"]+)"/g)].map(([, found = '']) => found);
    const thief = visitor(app.base);
    await thief.open('/letters/new');
    expect((await thief.sendFiles('/letters/new/contact', { ...fields, attachments: id }, [])).text).not.toContain(id);
  });

  it('a file of a letter is there for its writer only', async () => {
    const letter = await letterIn('assigned', office);
    const who = visitor(app.base);
    await who.open('/letters/track');
    await who.send('/letters/track', { number: letter.number, code: letter.code });
    await act.askWriter(office.handler, { letterId: letter.id, text: '请补充照片。' });
    const path = `/letters/track/${letter.number}`;
    await who.sendFiles(`${path}/supplement`, { text: '见附件' }, [{ name: '说明.txt', content: '水压记录' }]);
    const href = /href="([^"]+\/files\/[^"]+)"/.exec((await who.open(path)).text)?.[1] ?? '';
    const file = await who.open(href);
    expect([file.status, file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, true]);
    expect((await visitor(app.base).open(href)).status).toBe(404);
  });

  it('whoever has the right code or pass gets in, however often others missed from the same address', async () => {
    const { id, number, code } = await writeLetter();
    for (let guess = 0; guess < 33; guess += 1) await post('/letters/track', { number, code: `x${guess}` });
    for (let guess = 0; guess < 33; guess += 1) {
      await fetch(`${app.base}/letters/track/${number}?pass=x`, { redirect: 'manual' });
    }
    const refused = await post('/letters/track', { number, code: 'x' });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([429, expect.stringContaining('分钟')]);
    expect((await post('/letters/track', { number, code })).status).toBe(200);
    const who = visitor(app.base);
    await who.open('/letters/track');
    expect((await who.send('/letters/track', { number, code })).status).toBe(303);
    const byMail = await visitor(app.base).open(`/letters/track/${number}?pass=${passFor(id, 60)}`);
    expect([byMail.status, byMail.headers.get('location')]).toEqual([303, `/letters/track/${number}`]);
  });

  it('guessing codes is slowed down, for one person and for one letter', async () => {
    const { number } = await writeLetter();
    const who = visitor(app.base);
    await who.open('/letters/track');
    const statuses: number[] = [];
    for (let guess = 0; guess < 22; guess += 1) {
      statuses.push((await who.send('/letters/track', { number, code: `000000000${guess}` })).status);
    }
    expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
    const many: number[] = [];
    for (let guess = 0; guess < 12; guess += 1)
      many.push((await post('/letters/track', { number, code: `1${guess}` })).status);
    expect(many).toContain(429);
  });

  it.each(['state', 'kind', 'sort', 'after', 'department', 'search', 'queue', 'limit'])(
    'a queue takes no operators in %s',
    async (name) => {
      for (const value of [{ $gt: '' }, ['x', 'y'], 'x'.repeat(500), -1]) {
        const page = await act.queuePage(office.clerk, { [name]: value });
        expect(page.filter).toBeDefined();
      }
    },
  );
});
