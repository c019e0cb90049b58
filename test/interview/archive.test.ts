import { execFileSync } from 'node:child_process';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { agreeToAnswer } from '../../src/interview/actions/cosignAnswer.ts';
import { archiveInterview } from '../../src/interview/actions/archiveInterview.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { lookForFontsIn } from '../../src/platform/fonts.ts';
import { useApp } from '../support/app.ts';
import { guestActor } from '../support/identity.ts';
import { askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { Visitor } from '../support/visitor.ts';
import { unzipText } from '../support/zip.ts';

const app = useApp();
const formula = '=HYPERLINK("http://x.example","老人优待") 怎么办理？';
const open = '地铁三号线什么时候开通，会经过我们小区吗？';
const answer = '已列入今年计划，\n六月底前完成审批，九月开工。';
let past: TestInterview;

beforeAll(async () => {
  past = await makeInterview('live', '公交与地铁怎么接驳');
  const interviewId = past.id;
  const first = await askPublished(past, undefined, formula);
  const second = await askPublished(past, undefined, '公交站台太高，轮椅上不去，能不能改造？');
  await askPublished(past, undefined, open);
  await supportQuestion(guestActor(), { interviewId, questionId: second });
  await publishAnswer(system, {
    interviewId,
    questionId: first,
    guestId: past.guestId,
    text: '凭证办理。',
    version: 0,
  });
  await publishAnswer(system, {
    interviewId,
    questionId: second,
    guestId: past.secondGuestId,
    text: answer,
    version: 0,
  });
  for (const text of ['欢迎来到在线访谈。', '大家好，我是林建平。ＡＢＣ 線路 <b>粗</b>']) {
    await addTurn(system, { interviewId, speakerId: 'host', text, formKey: newId(16) });
  }
  await closeInterview(system, { interviewId });
  await archiveInterview(system, { interviewId });
});

async function page(path: string, language = 'zh-CN') {
  const response = await fetch(app.base + path, { headers: { cookie: `wz_lang=${language}`, accept: 'text/html' } });
  return { status: response.status, html: await response.text(), response };
}
const here = (more = '') => `/interviews/${past.id}${more}`;
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the archive page', () => {
  it('shows figures with their base, answers by guest, and what is open with its department', async () => {
    const words = text((await page(here())).html);
    expect(words).toMatch(/66\.7 ?%.*答复率/);
    expect(words.indexOf('答复人： 林建平')).toBeGreaterThan(0);
    expect(words.indexOf('答复人： 高敏')).toBeGreaterThan(words.indexOf('凭证办理'));
    expect(words.slice(words.indexOf('尚未答复'))).toContain('地铁三号线');
    expect(words).toMatch(/由.+负责继续答复/);
  });

  it.each([
    ['轮椅', 'answers', true, false],
    ['站台 审批', 'answers', true, false],
    ['abc 线路', 'record', false, true],
    ['没有这个词', 'answers', false, false],
    ['<b>', 'record', false, true],
  ])('a search for %s finds it however it is written, without scripts', async (query, view, answers, record) => {
    const { html } = await page(here(`?${new URLSearchParams({ q: query }).toString()}`));
    expect(html.includes('<mark>')).toBe(answers || record);
    expect(html.includes('class="turns')).toBe(view === 'record');
    expect(html).not.toContain('<b>粗');
    expect(html.includes('都没有找到')).toBe(!answers && !record);
  });

  it('is there in English, and not before the close', async () => {
    expect((await page(here(), 'en')).html).toContain('Not answered yet');
    const live = await makeInterview('live');
    expect((await page(`/interviews/${live.id}/record.csv`)).status).toBe(404);
  });
});

describe('a record to take home', () => {
  afterEach(() => lookForFontsIn());
  const take = async (format: string) => {
    const response = await fetch(`${app.base}${here(`/record.${format}`)}`, { headers: { cookie: 'wz_lang=zh-CN' } });
    return { response, file: Buffer.from(await response.arrayBuffer()) };
  };

  it('is the same as CSV, harmless in a spreadsheet', async () => {
    const { response, file } = await take('csv');
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('公交与地铁怎么接驳'));
    expect(file.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const rows = parseCsv<Record<string, string>>(file, { bom: true, columns: true });
    expect(rows).toHaveLength(5);
    const cells = rows.map((row) => row['内容']);
    expect(cells).toContain(`'${formula}`);
    expect(cells).toContain(open);
    expect(rows.find((row) => row['答复人或发言人'] === '高敏')).toMatchObject({ 答复: answer, 支持数: '1' });
    expect(rows.find((row) => row['内容'] === open)).toMatchObject({ 类别: '尚未答复', 答复: '' });
    expect(rows[0]?.['公开时间']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('is the same as a Word file', async () => {
    const { file } = await take('docx');
    expect(unzipText(file, 'docProps/core.xml')).not.toContain('Un-named');
    const xml = unzipText(file, 'word/document.xml');
    const words = xml.replace(/<w:br\/>/g, '\n').replace(/<[^>]+>/g, '');
    for (const part of ['公交与地铁怎么接驳', answer, open, '66.7%', '&lt;b&gt;粗&lt;/b&gt;', '尚未答复']) {
      expect(words).toContain(part);
    }
    expect(xml).toContain('w:eastAsia="仿宋"');
  });

  it('is the same as PDF', async () => {
    const { response, file } = await take('pdf');
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const words = execFileSync('pdftotext', ['-', '-'], { input: file }).toString().replace(/\s+/g, '');
    for (const part of ['公交与地铁怎么接驳', answer, open, '66.7%', '尚未答复', '<b>粗</b>', '1/']) {
      expect(words).toContain(part.replace(/\s+/g, ''));
    }
  });

  it('says what to do when there is no Chinese font', async () => {
    lookForFontsIn([{ path: '/nowhere/font.ttc' }]);
    const { status, html } = await page(here('/record.pdf'));
    expect(status).toBe(409);
    expect(html).toContain('fonts-noto-cjk');
  });
});

describe('a rating', () => {
  it('is taken once a person, shown with its n, its comment kept from the public', async () => {
    const one = new Visitor(app.base);
    expect((await one.open(here())).html).toContain('name="stars"');
    const missing = await one.send(here('/rating'), { comment: '很好' });
    expect(missing.status).toBe(422);
    const told = await missing.text();
    // What is wrong is said at the top, with the way to it: the form is at the end of a long page
    expect(told.indexOf('class="error-summary"')).toBeGreaterThan(0);
    expect(told.indexOf('href="#field-stars"')).toBeLessThan(told.indexOf('archive-figures'));
    expect(told).toContain('id="field-stars"');
    expect((await one.send(here('/rating'), { stars: '4', comment: '讲得很清楚' })).status).toBe(303);
    expect((await one.send(here('/rating'), { stars: '1' })).status).toBe(409);
    const two = new Visitor(app.base);
    await two.open(here());
    await Promise.all([1, 2, 3].map(() => two.send(here('/rating'), { stars: '5' })));
    const words = text((await page(here())).html);
    expect(words).toMatch(/4\.5.*2 人评分/);
    expect(words).not.toContain('讲得很清楚');
    expect((await one.open(here())).html).not.toContain('name="stars"');
  });

  it('waits for the close', async () => {
    const live = await makeInterview('live');
    const one = new Visitor(app.base);
    await one.open(`/interviews/${live.id}`);
    expect((await one.send(`/interviews/${live.id}/rating`, { stars: '5' })).status).toBe(404);
  });
});

describe('the list of interviews', () => {
  const total = async (query: string) => {
    const { html, status } = await page(`/interviews?${query}`);
    expect(status).toBe(200);
    return Number(/找到 (\d+) 场/.exec(html)?.[1] ?? -1);
  };
  it('is narrowed by what stands in the address', async () => {
    await makeInterview('announced', '电动自行车在哪里充电');
    await makeInterview('draft', '电动自行车草稿不公开');
    expect(await total('q=电动自行车')).toBe(1);
    expect(await total('q=电动自行车&when=past')).toBe(0);
    expect(await total('when=past')).toBe(1);
    expect(await total(`department=${past.departmentId}`)).toBe(1);
    expect(await total('year=2001')).toBe(0);
    const { startsAt } = await findInterview(past.id);
    const year = DateTime.fromJSDate(startsAt, { zone: 'Asia/Shanghai' }).year;
    expect(await total(`when=past&year=${year}&q=${encodeURIComponent('林建平 接驳')}`)).toBe(1);
    expect(await total('q=.*')).toBe(0);
    expect(await total('q[$gt]=&when=coming')).toBe(1);
  });
});

describe('feeds', () => {
  it('is Atom with the links of RFC 4287', async () => {
    const response = await fetch(`${app.base}/interviews/feed.atom`);
    expect(response.headers.get('content-type')).toContain('application/atom+xml');
    const xml = await response.text();
    execFileSync('python3', ['-c', 'import sys,xml.dom.minidom as m; m.parse(sys.stdin.buffer)'], { input: xml });
    const entries = xml.split('<entry>').slice(1);
    expect(xml).toMatch(/<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"[^>]*>[\s\S]*<id>[\s\S]*<updated>/);
    for (const entry of entries)
      for (const part of ['<id>', '<title', '<updated>', '<link']) expect(entry).toContain(part);
    expect(xml).toContain('公交与地铁怎么接驳');
    expect(xml).not.toContain('草稿不公开');
  });

  it('shows what was typed, and nothing of it is run', async () => {
    const topic = '公交<BRT>站台收费：P&R 何时调整';
    const { id } = await makeInterview('announced', topic);
    const summary = '5<6 <img src=x onerror=alert(1)>';
    await InterviewModel.updateOne({ _id: id }, { $set: { summary } });
    const xml = await (await fetch(`${app.base}/interviews/feed.atom`)).text();
    const read = `import sys, json, xml.dom.minidom
feed = xml.dom.minidom.parse(sys.stdin.buffer)
print(json.dumps([[part.getAttribute('type'), ''.join(node.data for node in part.childNodes)]
  for name in ('title', 'summary') for part in feed.getElementsByTagName(name)]))`;
    const texts = JSON.parse(execFileSync('python3', ['-c', read], { input: xml }).toString()) as [string, string][];
    // A reader takes what is declared as HTML for HTML: read so, it is the text again
    const shown = texts.map(([, text]) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    );
    expect(texts.filter(([type, text]) => type === 'html' && text.includes('<'))).toEqual([]);
    expect(shown).toContain(topic);
    expect(shown.some((text) => text.includes(summary))).toBe(true);
  });

  it('is iCalendar by the lines of RFC 5545', async () => {
    const coming = await makeInterview('announced', '冬季供暖怎么报修, 谁来管; 何时');
    for (const path of ['/interviews.ics', `/interviews/${coming.id}.ics`]) {
      const response = await fetch(app.base + path);
      expect(response.headers.get('content-type')).toContain('text/calendar');
      const file = await response.text();
      const lines = file.split('\r\n');
      expect(lines[0]).toBe('BEGIN:VCALENDAR');
      expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      const unfolded = file.replace(/\r\n /g, '');
      expect(unfolded).toContain('SUMMARY:冬季供暖怎么报修\\, 谁来管\\; 何时');
      const event = unfolded.split('BEGIN:VEVENT').find((part) => part.includes(`UID:${coming.id}@`)) ?? '';
      const start = /DTSTART:(\d{8}T\d{6}Z)/.exec(event)?.[1];
      const end = /DTEND:(\d{8}T\d{6}Z)/.exec(event)?.[1];
      const read = (stamp = '') =>
        Date.parse(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
      expect(read(end) - read(start)).toBe(90 * 60_000);
    }
    const { html } = await page(`/interviews/${coming.id}`);
    expect(html).toContain(`<link rel="alternate" type="text/calendar"`);
    expect((await page('/interviews')).html).toContain('href="/interviews/feed.atom"');
  });

  it('draws the address as a code', async () => {
    const svg = await fetch(`${app.base}${here('/code.svg')}`);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    const png = Buffer.from(await (await fetch(`${app.base}${here('/code.png')}`)).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('for programs', () => {
  const read = async (path: string) => {
    const response = await fetch(`${app.base}/api/v1${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  it('gives what is public and nothing else', async () => {
    const live = await makeInterview('live', '未公开的内容不外传');
    await askPublished(live, undefined, '公开的问题可以读到吗，怎么读？');
    const hidden = await makeInterview('draft');
    expect((await read(`/interviews/${hidden.id}`)).status).toBe(404);
    expect((await read(`/interviews/${hidden.id}/questions`)).status).toBe(404);
    const list = await read('/interviews?q=接驳&when=past');
    expect(list.body).toMatchObject({ total: 1, next: null, interviews: [{ id: past.id, state: 'archived' }] });
    const one = await read(`/interviews/${past.id}`);
    expect(one.body['figures']).toMatchObject({ asked: 3, published: 3, answered: 2 });
    const { body } = await read(`/interviews/${past.id}/questions`);
    expect(body['questions']).toHaveLength(3);
    expect((await read(`/interviews/${past.id}/record`)).body['turns']).toHaveLength(2);
    const all = JSON.stringify([list, one, body, await read(`/interviews/${live.id}/questions`)]);
    for (const secret of ['askerId', 'personId', 'trail', 'draft"', 'roles', 'draftBy'])
      expect(all).not.toContain(secret);
  });

  it('is written down in the document, which names only what is there', async () => {
    const { body } = await read('/openapi.json');
    const paths = Object.keys(body['paths'] as object);
    expect(paths).toEqual(expect.arrayContaining(['/interviews', '/interviews/{id}', '/interviews/{id}/record']));
    for (const path of paths.filter((name) => name.startsWith('/interviews'))) {
      expect((await read(path.replace('{id}', past.id))).status).toBe(200);
    }
    const { html, status } = await page('/api');
    expect(status).toBe(200);
    expect(html).toContain('GET /interviews/{id}/record');
    expect(html).not.toMatch(/style=|<style/);
  });
});

it('names everyone who signed a joint answer, on the page and in every export', async () => {
  const joint = await makeInterview('live', '电梯谁出钱');
  const { id: interviewId, guestId, secondGuestId } = joint;
  const questionId = await askPublished(joint);
  await passQuestion(joint.people.screener, {
    interviewId,
    questionId,
    to: `guest:${guestId}`,
    jointly: [guestId, secondGuestId],
  });
  await publishAnswer(system, { interviewId, questionId, guestId, text: '两家一起答复。', version: 0 });
  const [handedIn] = (await QuestionModel.findById(questionId).lean())?.answers ?? [];
  const which = { interviewId, questionId, answerId: handedIn?.id, version: handedIn?.pending?.version };
  await agreeToAnswer(system, { ...which, guestId: secondGuestId });
  await closeInterview(system, { interviewId });
  await archiveInterview(system, { interviewId });
  const base = `/interviews/${interviewId}`;
  const both = /林建平 市住建局副局长.{1,4}高敏 市住建局物业处处长.{1,4}联合答复/;
  expect(text((await page(`${base}?q=高敏`)).html)).toMatch(both);
  const take = async (path: string) =>
    Buffer.from(await (await fetch(app.base + path, { headers: { cookie: 'wz_lang=zh-CN' } })).arrayBuffer());
  const docx = unzipText(await take(`${base}/record.docx`), 'word/document.xml').replace(/<[^>]+>/g, '');
  expect(docx).toMatch(both);
  const pdf = execFileSync('pdftotext', ['-', '-'], { input: await take(`${base}/record.pdf`) }).toString();
  expect(pdf.replace(/\s+/g, ' ')).toMatch(both);
  const rows = parseCsv<Record<string, string>>(await take(`${base}/record.csv`), { bom: true, columns: true });
  expect(rows.find((row) => row['答复'] === '两家一起答复。')?.['答复人或发言人']).toBe('林建平; 高敏');
  const json = JSON.parse(String(await take(`/api/v1${base}/questions`))) as { questions: { answers: object[] }[] };
  expect(json.questions[0]?.answers).toMatchObject([
    { guestName: '林建平', cosigners: [{ name: '高敏', title: '市住建局物业处处长' }] },
  ]);
});
