import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { Document, Packer, Paragraph } from 'docx';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { moveTurn } from '../../src/interview/actions/moveTurn.ts';
import { releaseTurn } from '../../src/interview/actions/releaseTurn.ts';
import { removeTurn } from '../../src/interview/actions/removeTurn.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { readRecord, speakerOf } from '../../src/interview/record/readText.ts';
import { TurnModel, type Turn } from '../../src/interview/turnModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { roomView } from '../../src/live/index.ts';
import { useApp } from '../support/app.ts';
import { makeInterview, outcome, system, type TestInterview } from '../support/interview.ts';
import { pngPicture } from '../support/picture.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();

const say = (interview: TestInterview, text: string, more: object = {}) =>
  addTurn(interview.people.recorder, {
    interviewId: interview.id,
    speakerId: 'host',
    text,
    formKey: newId(16),
    ...more,
  });
const publicTurns = async (interview: TestInterview) =>
  (await roomView('interview', interview.id, 'public')).rows
    .filter(({ kind }) => kind === 'turn')
    .sort((a, b) => Number(a['order']) - Number(b['order']))
    .map((row) => String(row['text']));

describe('a turn is prepared, live or added later', () => {
  it('what is prepared is nobody’s business until it is released, and then stands where it was said', async () => {
    const interview = await makeInterview('announced');
    const opening = await say(interview, '开场白');
    const closing = await say(interview, '结束语');
    expect([opening.kind, opening.waiting]).toEqual(['prepared', true]);
    const release = (turn: Turn) =>
      releaseTurn(interview.people.recorder, { interviewId: interview.id, turnId: turn._id, version: turn.version });
    expect(await outcome(release(opening))).toBe('conflict interview.errors.no-record-announced');
    expect(await publicTurns(interview)).toEqual([]);
    await startInterview(system, { interviewId: interview.id });
    await release(opening);
    await say(interview, '现场说的');
    const held = await say(interview, '先存着', { hold: '1' });
    expect(held.kind).toBe('prepared');
    await release(closing);
    expect(await publicTurns(interview)).toEqual(['开场白', '现场说的', '结束语']);
    await closeInterview(system, { interviewId: interview.id });
    expect((await say(interview, '补的', { hold: '1' })).kind).toBe('added');
    expect(await outcome(release({ ...closing, version: 9 }))).toBe('done'); // out already
  });

  it('a removed one is not released', async () => {
    const interview = await makeInterview('live');
    const turn = await say(interview, '不说了', { hold: 'on' });
    const which = { interviewId: interview.id, turnId: turn._id };
    await removeTurn(interview.people.recorder, { ...which, version: 1 });
    expect(await outcome(releaseTurn(interview.people.recorder, { ...which, version: 2 }))).toBe(
      'conflict interview-record.errors.removed',
    );
    expect(await publicTurns(interview)).toEqual([]);
  });
});

describe('the order of the record', () => {
  const order = async (interview: TestInterview) =>
    (await TurnModel.find({ interviewId: interview.id }).sort({ order: 1 }).lean<Turn[]>()).map(({ text }) => text);
  const move = async (interview: TestInterview, text: string, to: 'earlier' | 'later') => {
    const turn = await TurnModel.findOne({ interviewId: interview.id, text }).lean<Turn>();
    const which = { interviewId: interview.id, turnId: turn?._id, version: turn?.version, to };
    return moveTurn(interview.people.recorder, which);
  };

  it('moves one place at a time, stops at the ends, and numbers anew when no room is left', async () => {
    const interview = await makeInterview('live');
    for (const text of ['a', 'b', 'c', 'd']) await say(interview, text);
    await move(interview, 'd', 'earlier');
    await move(interview, 'a', 'earlier');
    await move(interview, 'c', 'later');
    expect(await order(interview)).toEqual(['a', 'b', 'd', 'c']);
    for (let times = 0; times < 60; times += 1) {
      const [, second] = await order(interview);
      await move(interview, second ?? '', 'later'); // ranks in the middle grow ever closer
    }
    expect((await order(interview)).sort()).toEqual(['a', 'b', 'c', 'd']);
    const rows = (await roomView('interview', interview.id, 'public')).rows.filter(({ kind }) => kind === 'turn');
    const told = rows.sort((a, b) => Number(a['order']) - Number(b['order'])).map((row) => row['text']);
    expect(told).toEqual(await order(interview));
  });

  it('of two who move the same turn the later one is told; different turns both move', async () => {
    const interview = await makeInterview('live');
    const turns = [];
    for (const text of ['a', 'b', 'c', 'd', 'e']) turns.push(await say(interview, text));
    const [, second, third] = turns as [Turn, Turn, Turn];
    const up = (turn: Turn) =>
      outcome(
        moveTurn(interview.people.recorder, {
          interviewId: interview.id,
          turnId: turn._id,
          version: turn.version,
          to: 'earlier',
        }),
      );
    const outcomes = await Promise.all([up(third), up(third), up(second)]);
    expect(outcomes.sort()).toEqual(['conflict interview.errors.turn-changed-meanwhile', 'done', 'done']);
    expect((await order(interview)).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

const speakers = [
  { id: 'host', name: '叶知秋', title: '', key: 1 },
  { id: 'one', name: '张建国', title: '市住建局副局长', key: 2 },
  { id: 'two', name: '欧阳敏', title: '物业处处长', key: 3 },
  { id: 'three', name: '张丽', title: '物业处科长', key: 4 },
];

describe('a text becomes turns', () => {
  it.each([
    ['主持人', 'host'],
    ['主持人叶知秋', 'host'],
    ['Host', 'host'],
    ['张局长', 'one'],
    ['张副局长', 'one'],
    ['張建國', 'one'],
    ['张建国（市住建局副局长）', 'one'],
    ['市住建局副局长 张建国', 'one'],
    ['嘉宾 欧阳敏', 'two'],
    ['欧阳处长', 'two'],
    ['张科长', 'three'],
    ['李局长', null],
    ['网友', null],
    ['张', null],
  ])('%s is %s', (label, id) => expect(speakerOf(label, speakers)).toBe(id));

  it('keeps paragraphs together, takes brackets, leaves times and long sentences alone', () => {
    const text = [
      '二〇二六年访谈实录',
      '【主持人】：各位网友好。',
      '今天 10:30 开始：',
      '第二段。',
      '',
      '张局长：大家好。有三点：第一，快；',
      '第二，好。',
      '网友小李：什么时候？',
      '【记者 王某】提问：为什么？',
      '住建局（张建国）：因为。',
    ].join('\n');
    const read = readRecord(text, speakers).map(({ label, speakerId, text: words }) => [label, speakerId, words]);
    expect(read).toEqual([
      ['', null, '二〇二六年访谈实录'],
      ['主持人', 'host', '各位网友好。\n今天 10:30 开始：\n第二段。'],
      ['张局长', 'one', '大家好。有三点：第一，快；\n第二，好。'],
      ['网友小李', null, '什么时候？'],
      ['记者 王某 提问', null, '为什么？'],
      ['住建局（张建国）', 'one', '因为。'],
    ]);
    const chosen = readRecord(text, speakers, new Map([['网友小李', 'host']]));
    expect(chosen.find(({ label }) => label === '网友小李')?.speakerId).toBe('host');
  });
});

describe('at the recorder’s desk', () => {
  let interview: TestInterview;
  let desk: string;
  const recorder = async () => {
    const visitor = new Visitor(app.base);
    const { name, value } = await staffCookie(interview.accounts.recorder.id);
    visitor.setCookie(name, value);
    await visitor.open(desk);
    return visitor;
  };
  const sendFile = (visitor: Visitor, path: string, field: string, file: Blob | null, name: string, values: object) => {
    const body = new FormData();
    for (const [key, value] of Object.entries(values)) body.append(key, String(value));
    if (file) body.append(field, file, name);
    return visitor.sendForm(path, body);
  };
  beforeAll(async () => {
    interview = await makeInterview('live');
    desk = `/office/interviews/${interview.id}/recording`;
  });

  it('a picture is checked, cleaned, small for lists, and public when it is out', async () => {
    const visitor = await recorder();
    const png = new Blob([new Uint8Array(await pngPicture('#3366cc', 1200, 800))]);
    const send = (file: Blob, name: string, values: object) =>
      sendFile(visitor, `${desk}/picture`, 'picture', file, name, { formKey: newId(16), ...values });
    expect((await send(new Blob(['<svg onload="alert(1)"/>']), 'a.png', { text: '现场' })).status).toBe(422);
    expect((await send(png, 'a.png', { text: '' })).status).toBe(422);
    const key = newId(16);
    expect((await send(png, 'a.png', { text: '现场的直播间', formKey: key })).status).toBe(303);
    expect((await send(png, 'a.png', { text: '现场的直播间', formKey: key })).status).toBe(303);
    expect((await send(png, 'b.png', { text: '先不放', hold: '1' })).status).toBe(303);
    const turns = await TurnModel.find({ interviewId: interview.id }).sort({ order: 1 }).lean<Turn[]>();
    expect(turns.map(({ text, kind, picture }) => [text, kind, picture?.width])).toEqual([
      ['现场的直播间', 'live', 1200],
      ['先不放', 'prepared', 1200],
    ]);
    const [out, held] = turns.map(({ _id }) => `/interviews/${interview.id}/pictures/${_id}`) as [string, string];
    const page = await (await fetch(`${app.base}/interviews/${interview.id}`)).text();
    expect(page).toContain(`src="${out}/small"`);
    expect(page).toContain('alt="现场的直播间"');
    expect(page).not.toContain(held);
    const small = await fetch(`${app.base}${out}/small`);
    expect(small.headers.get('content-type')).toBe('image/webp');
    expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).toBe(560);
    expect((await fetch(app.base + out)).status).toBe(200);
    expect((await fetch(app.base + held)).status).toBe(404);
    expect((await visitor.fetch(held)).status).toBe(200);
    const removed = { interviewId: interview.id, turnId: turns[0]?._id, version: 1 };
    await removeTurn(interview.people.recorder, removed);
    expect((await fetch(app.base + out)).status).toBe(404);
  });

  it('a Word file is shown first, then written in one go and in order, once', async () => {
    const visitor = await recorder();
    const lines = ['主持人：各位好。', '林局长：大家好 <b>&amp;。', '第二段', '网友：问题？', '高敏：我来答。'];
    const word = new Document({ sections: [{ children: lines.map((text) => new Paragraph(text)) }] });
    const file = new Blob([new Uint8Array(await Packer.toBuffer(word))]);
    const shown = await sendFile(visitor, `${desk}/import`, 'file', file, '稿.docx', { text: '' });
    const html = await shown.text();
    expect(shown.status).toBe(200);
    expect(html.replace(/<[^>]+>/g, '')).toMatch(/识别出 3 段发言.*还有 1 段/s);
    expect(html).toContain('大家好 &lt;b&gt;&amp;amp;。');
    expect(html).toMatch(/name="hold" value="1" checked/);
    const unticked = { text: lines.join('\n'), asked: '1' };
    const again = await (await sendFile(visitor, `${desk}/import`, 'file', null, '', unticked)).text();
    expect(again).toMatch(/name="hold" value="1">/);
    expect(await TurnModel.countDocuments({ interviewId: interview.id, kind: 'live', text: '各位好。' })).toBe(0);
    const values = { text: lines.join('\n'), labels: '网友', speakers: 'host', formKey: newId(16) };
    const write = () => sendFile(visitor, `${desk}/import/write`, 'file', null, '', values);
    expect((await write()).status).toBe(303);
    expect((await write()).status).toBe(303);
    expect((await visitor.open(desk)).html).toContain('已写入 4 段，已经公开。');
    const words = await publicTurns(interview);
    expect(words.slice(-4)).toEqual(['各位好。', '大家好 <b>&amp;。\n第二段', '问题？', '我来答。']);
    expect(words.filter((text) => text === '各位好。')).toHaveLength(1);
  });

  it.each([
    ['text.txt', Buffer.from('d6f7b3d6c8cba3bac4e3bac3a1a3', 'hex'), 200, '识别出 1 段'],
    ['bad.docx', Buffer.from('PK\u0003\u0004 nothing'), 422, '读不出文字'],
    ['a.png', Buffer.alloc(0), 422, '请粘贴文字稿'],
  ])('%s is answered with %s', async (name, content, status, sentence) => {
    const visitor = await recorder();
    const shown = await sendFile(visitor, `${desk}/import`, 'file', new Blob([new Uint8Array(content)]), name, {});
    expect(shown.status).toBe(status);
    expect((await shown.text()).replace(/<[^>]+>/g, '')).toContain(sentence);
  });

  it('nobody else may', async () => {
    const screener = new Visitor(app.base);
    const { name, value } = await staffCookie(interview.accounts.screener.id);
    screener.setCookie(name, value);
    expect((await screener.open(`${desk}/import`)).status).toBe(403);
    const sent = await sendFile(screener, `${desk}/picture`, 'picture', new Blob(['x']), 'a.png', { text: '图' });
    expect(sent.status).toBe(403);
  });
});
