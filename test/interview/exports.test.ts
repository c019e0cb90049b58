import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import { addPicture } from '../../src/interview/actions/addPicture.ts';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { archiveInterview } from '../../src/interview/actions/archiveInterview.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { correctTurn } from '../../src/interview/actions/correctTurn.ts';
import { agreeToAnswer } from '../../src/interview/actions/cosignAnswer.ts';
import { editQuestion } from '../../src/interview/actions/editQuestion.ts';
import { hideQuestion } from '../../src/interview/actions/hideQuestion.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { rateInterview } from '../../src/interview/actions/rateInterview.ts';
import { rejectQuestion } from '../../src/interview/actions/rejectQuestion.ts';
import { releaseTurn } from '../../src/interview/actions/releaseTurn.ts';
import { removeTurn } from '../../src/interview/actions/removeTurn.ts';
import { saveAnswerDraft } from '../../src/interview/actions/saveAnswerDraft.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { QuestionModel, type Question } from '../../src/interview/questionModel.ts';
import { TurnModel, type Turn } from '../../src/interview/turnModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { useUploadsFolder } from '../../src/platform/uploads/folders.ts';
import { storeFiles } from '../../src/platform/uploads/store.ts';
import { useApp } from '../support/app.ts';
import { guestActor } from '../support/identity.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { pngPicture } from '../support/picture.ts';
import { wordParagraphs } from '../support/wordFile.ts';

const app = useApp();
const folder = mkdtempSync(join(tmpdir(), 'wenzheng-exports-'));
useUploadsFolder(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function take(id: string, format: 'docx' | 'pdf' | 'csv'): Promise<Buffer> {
  const response = await fetch(`${app.base}/interviews/${id}/record.${format}`, {
    headers: { cookie: 'wz_lang=zh-CN' },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const pdfTool = (name: string, args: string[], input: Buffer) =>
  execFileSync(name, args, { input, maxBuffer: 64 * 1024 * 1024 }).toString();
/** The words of a PDF without blanks, page numbers left out. */
const pdfWords = (file: Buffer) =>
  pdfTool('pdftotext', ['-raw', '-', '-'], file)
    .replace(/^\f?\d+ \/ \d+$/gm, '')
    .replace(/\s+/g, '');

interface CsvRow {
  类别: string;
  内容: string;
  支持数: string;
  合并的相同提问: string;
  整理: string;
  答复人或发言人: string;
  答复: string;
  记录方式: string;
  更正: string;
  图片地址: string;
}
const csvRows = (file: Buffer) => parseCsv<CsvRow>(file, { bom: true, columns: true, record_delimiter: '\r\n' });

/** Each of `texts` stands in `found` once, in this order. */
function expectInOrder(found: readonly string[], texts: readonly string[]): void {
  const wanted = new Set(texts);
  expect(found.filter((text) => wanted.has(text))).toEqual(texts);
}

/** The same of running words without blanks. */
function expectInWords(words: string, texts: readonly string[]): void {
  let at = 0;
  for (const text of texts.map((one) => one.replace(/\s+/g, ''))) {
    const place = words.indexOf(text, at);
    expect({ text, after: at, found: place >= at }).toEqual({ text, after: at, found: true });
    at = place + text.length;
  }
}

describe('the record of an interview in which everything happened', () => {
  const words = {
    corrected: '更正后：九月开工，“六月” & <十月> 都不算。\n第二段。',
    joint: '两个处一起答复：申请在窗口，出资看楼层。',
    popular: '【热门】加装电梯要多少户同意？😀',
    wellPut: '【整理后】低层住户怎么补偿？',
    open: '【未答】底层采光受影响怎么办？',
    answered: '【已答】什么时候能装？',
  };
  /** Nobody outside may ever read these. */
  const hidden = [
    '原来的说法：一共十部',
    '审核员改之前',
    '审核员退回之前',
    '秘密草稿',
    '等待审核的话',
    '被隐藏的提问',
    '被隐藏的答复',
    '被拒绝的提问',
    '拒绝的理由',
    '没人看过的提问',
    '合并前的原话',
    '没有放出的预录',
    '撤下的发言',
    '评分里的留言',
  ];
  const turns = [
    '【预录】大家下午好。',
    '【实录】我先说两句。',
    '【更正】一共十二部。',
    '图：电梯井示意',
    '【补录】补充一个电话。',
  ];
  let past: TestInterview;
  let files: { docx: Buffer; pdf: Buffer; csv: Buffer };

  async function ownPicture(ownerId: string): Promise<string> {
    const path = join(folder, newId());
    const data = await pngPicture('#884422', 480, 300);
    writeFileSync(path, data);
    const file = { path, name: '图.png', size: data.length };
    const [stored] = await storeFiles([file], { field: 'picture', ownerId, kinds: ['picture'] });
    return stored?._id ?? '';
  }

  beforeAll(async () => {
    past = await makeInterview('announced', '导出与数据逐条核对');
    const { id: interviewId, guestId, secondGuestId, people } = past;
    const { recorder, screener, host } = people;
    const say = (text: string, more: object = {}) =>
      addTurn(recorder, { interviewId, speakerId: 'host', text, formKey: newId(16), ...more });
    const answer = (questionId: string, text: string, more: object = {}) =>
      publishAnswer(system, { interviewId, questionId, guestId, text, version: 0, ...more });

    const prepared = await say(turns[0] ?? '');
    await say('没有放出的预录');
    const popular = await askPublished(past, undefined, words.popular);
    const alike = await askPublished(past, undefined, '合并前的原话：几户同意才能装？');
    const clumsy = await ask(interviewId, undefined, '审核员改之前：低层咋补偿');
    await editQuestion(screener, { interviewId, questionId: clumsy, text: words.wellPut, version: 1 });
    await publishQuestion(screener, { interviewId, questionId: clumsy });
    const open = await askPublished(past, undefined, words.open);
    const answered = await askPublished(past, undefined, words.answered);
    const taken = await askPublished(past, undefined, '被隐藏的提问，带着答复。');
    await ask(interviewId, undefined, '没人看过的提问，还在排队。');
    const refused = await ask(interviewId, undefined, '被拒绝的提问，与主题无关。');
    await rejectQuestion(screener, { interviewId, questionId: refused, reason: 'other', note: '拒绝的理由' });
    for (let people = 0; people < 3; people += 1)
      await supportQuestion(guestActor(), { interviewId, questionId: popular });
    await supportQuestion(guestActor(), { interviewId, questionId: alike });
    await mergeQuestion(screener, { interviewId, questionId: alike, intoId: popular });

    await startInterview(system, { interviewId });
    await releaseTurn(recorder, { interviewId, turnId: prepared._id, version: prepared.version });
    await say(turns[1] ?? '', { speakerId: guestId });
    const removed = await say('撤下的发言');
    await removeTurn(recorder, { interviewId, turnId: removed._id, version: removed.version });
    const slip = await say('原来的说法：一共十部。', { speakerId: secondGuestId });
    await correctTurn(recorder, { interviewId, turnId: slip._id, text: turns[2], version: slip.version });
    const uploadId = await ownPicture(recorder.id);
    await addPicture(recorder, { interviewId, uploadId, text: turns[3], formKey: newId(16) });

    await answer(popular, '原来的说法：六月开工。');
    await answer(popular, words.corrected, { version: 1 });
    await answer(taken, '被隐藏的答复。');
    await hideQuestion(host, { interviewId, questionId: taken });
    await passQuestion(screener, {
      interviewId,
      questionId: clumsy,
      to: `guest:${secondGuestId}`,
      jointly: [secondGuestId, guestId],
    });
    await answer(clumsy, words.joint, { guestId: secondGuestId });
    const [handedIn] = (await QuestionModel.findById(clumsy).lean<Question>())?.answers ?? [];
    const which = { questionId: clumsy, answerId: handedIn?.id, version: handedIn?.pending?.version };
    await agreeToAnswer(system, { interviewId, guestId, ...which });
    await answer(answered, '年底以前。');
    await saveAnswerDraft(system, { interviewId, questionId: answered, guestId, text: '秘密草稿', version: 1 });
    await setAnswerReview(system, { interviewId, review: 'on' });
    await publishAnswer(people.guest, { interviewId, questionId: open, guestId, text: '等待审核的话', version: 0 });
    await closeInterview(system, { interviewId });
    await say(turns[4] ?? '', { speakerId: guestId });
    await archiveInterview(system, { interviewId });
    await rateInterview(guestActor(), { interviewId, stars: 2, comment: '评分里的留言' });
    const [docx, pdf, csv] = [
      await take(interviewId, 'docx'),
      await take(interviewId, 'pdf'),
      await take(interviewId, 'csv'),
    ];
    files = { docx, pdf, csv };
  });

  const order = () => [
    '导出与数据逐条核对',
    '林建平 市住建局副局长', // the guest who answered, most supported first
    words.popular,
    words.corrected,
    words.answered,
    '年底以前。',
    '高敏 市住建局物业处处长',
    words.wellPut,
    words.joint,
    words.open,
    ...turns,
  ];

  it('stands in the Word file once, in the order of the page, with headings and its picture', () => {
    const paragraphs = wordParagraphs(files.docx);
    const headings = paragraphs.filter(({ style }) => /Heading|Title/.test(style)).map(({ text }) => text);
    expect(headings).toEqual([
      '导出与数据逐条核对',
      '问答',
      '林建平 市住建局副局长',
      '高敏 市住建局物业处处长',
      '尚未答复',
      '文字实录',
    ]);
    const meta = paragraphs.map(({ text }) => text);
    const inOrder = order().filter((text) => !text.startsWith('林建平') && text !== turns[3]);
    expectInOrder(meta, inOrder);
    expect(paragraphs.filter(({ picture }) => picture !== null).map(({ picture }) => picture)).toEqual([turns[3]]);
    const after = (text: string, steps = 1) => meta[meta.indexOf(text) + steps] ?? '';
    expect(after(words.popular)).toMatch(/4 人支持.*另有 1 人问了同样的问题/);
    expect(after(words.wellPut)).toContain('文字经审核员整理');
    expect(after(words.wellPut, 2)).toBe('高敏 市住建局物业处处长、林建平 市住建局副局长 · 联合答复');
    expect(after(words.corrected)).toContain('答复有更正');
    expect(after(turns[0] ?? '', -1)).toBe('host甲 预录');
    expect(after(turns[2] ?? '', -1)).toBe('高敏 市住建局物业处处长 有更正');
    expect(after(turns[4] ?? '', -1)).toBe('林建平 市住建局副局长 补录');
    expect(meta.some((text) => text.startsWith('图片') && text.includes(turns[3] ?? ''))).toBe(true);
  });

  it('stands in the PDF once, in the same order, with its picture', () => {
    const text = pdfWords(files.pdf);
    expectInWords(
      text,
      order().map((one) => one.replace('😀', '')),
    );
    for (const once of [words.corrected, words.joint, words.open, turns[0] ?? ''])
      expect(text.split(once.replace(/\s+/g, '')).length - 1).toBe(1);
    for (const mark of ['另有1人问了同样的问题', '文字经审核员整理', '答复有更正', '联合答复', '评分'])
      expect(text).toContain(mark);
    const pictures = pdfTool('pdfimages', ['-list', '-'], files.pdf).trim().split('\n').slice(2);
    expect(pictures).toHaveLength(1);
  });

  it('stands in the table, one line an answer, an open question or a turn', () => {
    const rows = csvRows(files.csv);
    expect(rows.map((row) => row['内容'])).toEqual([
      words.popular,
      words.answered,
      words.wellPut,
      words.open,
      ...turns,
    ]);
    expect(rows.map((row) => row['答复'])).toEqual([
      words.corrected,
      '年底以前。',
      words.joint,
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(rows[0]).toMatchObject({ 支持数: '4', 合并的相同提问: '1', 整理: '', 更正: '答复有更正' });
    expect(rows[2]).toMatchObject({ 整理: '文字经审核员整理', 答复人或发言人: '高敏; 林建平' });
    expect(rows[3]).toMatchObject({ 类别: '尚未答复' });
    expect(rows.slice(4).map((row) => row['记录方式'])).toEqual(['预录', '实录', '实录', '实录', '补录']);
    expect(rows.slice(4).map((row) => row['更正'])).toEqual(['', '', '有更正', '', '']);
    expect(rows[7]?.['图片地址']).toMatch(/^https?:\/\/.+/);
  });

  it('holds nothing that was hidden, refused, withdrawn, unfinished or put better, in no file and not for programs', async () => {
    const api = await Promise.all(
      ['', '/questions', '/record'].map(async (part) =>
        (await fetch(`${app.base}/api/v1/interviews/${past.id}${part}`)).text(),
      ),
    );
    const page = await (await fetch(`${app.base}/interviews/${past.id}?all=1`)).text();
    const told: Record<string, string> = {
      docx: wordParagraphs(files.docx)
        .map(({ text, picture }) => text + (picture ?? ''))
        .join('\n'),
      pdf: pdfWords(files.pdf),
      csv: files.csv.toString(),
      api: api.join('\n'),
      page,
    };
    for (const [where, text] of Object.entries(told)) {
      expect({ where, shown: hidden.filter((secret) => text.includes(secret)) }).toEqual({ where, shown: [] });
    }
  });
});

describe('the record of an interview with 600 questions', () => {
  const states = [
    'answered',
    'answered',
    'answered',
    'published',
    'merged',
    'rejected',
    'answered',
    'hidden',
    'received',
  ];
  let past: TestInterview;
  let questions: Question[];
  let turns: Turn[];

  beforeAll(async () => {
    past = await makeInterview('closed', '六百个问题');
    const { id: interviewId, guestId, secondGuestId, people } = past;
    const names: Record<string, [string, string]> = {
      [guestId]: ['林建平', '市住建局副局长'],
      [secondGuestId]: ['高敏', '市住建局物业处处长'],
    };
    const start = Date.now() - 7_200_000;
    const by = { kind: 'staff', id: people.recorder.id, name: people.recorder.name };
    const answerOf = (number: number, who: string, later: number) => {
      const [guestName, guestTitle] = names[who] ?? ['', ''];
      const text = `第${number}答（${guestName}）：已经安排，\n“年内”完成；费用 ${number} 元。`;
      const at = new Date(start + number * 1000 + later);
      return {
        id: newId(),
        guestId: who,
        guestName,
        guestTitle,
        draft: text,
        draftBy: by,
        draftAt: at,
        version: 1,
        text,
        publishedAt: at,
        earlier: [],
      };
    };
    await QuestionModel.insertMany(
      Array.from({ length: 600 }, (_, number) => {
        const state = states[number % states.length];
        const first = number % 2 === 0 ? guestId : secondGuestId;
        const both = number % 50 === 0 ? [answerOf(number, first === guestId ? secondGuestId : guestId, 900)] : [];
        return {
          _id: newId(),
          interviewId,
          askerId: `asker${number % 97}`,
          askerKind: 'guest',
          askerOrder: 1 + Math.floor(number / 97),
          formKey: newId(16),
          text: `第${number}问：＝小区<${number}>栋的“水压”问题，\n什么时候解决？`,
          state,
          supports: (number * 7919) % 31,
          askedAt: new Date(start + number * 1000),
          publishedAt: state === 'received' || state === 'rejected' ? null : new Date(start + number * 1000),
          answers: state === 'answered' || state === 'hidden' ? [...both, answerOf(number, first, 500)] : [],
          revision: number + 1,
        };
      }),
    );
    await TurnModel.insertMany(
      Array.from({ length: 150 }, (_, number) => ({
        _id: newId(),
        interviewId,
        order: number + 1,
        speaker:
          number % 3 === 0
            ? { id: 'host', name: '', title: '' }
            : { id: guestId, name: '林建平', title: '市住建局副局长' },
        text: `第${number}段：${'请大家继续提问。'.repeat(1 + (number % 5))}`,
        kind: number % 10 === 0 ? 'prepared' : 'live',
        waiting: number % 40 === 0,
        removedAt: number % 33 === 1 ? new Date() : null,
        at: new Date(start + number * 5000),
        by,
        formKey: newId(16),
        revision: 700 + number,
      })),
    );
    await archiveInterview(system, { interviewId });
    questions = await QuestionModel.find({ interviewId }).lean<Question[]>();
    turns = await TurnModel.find({ interviewId }).sort({ order: 1 }).lean<Turn[]>();
  });

  /** Straight from the database: questions of each guest, the most supported first, then the open ones, then the turns. */
  function expected() {
    const number = ({ text }: Question) => Number(/第(\d+)问/.exec(text)?.[1]);
    const sorted = [...questions].sort((a, b) => b.supports - a.supports || number(a) - number(b));
    const firstBy = (question: Question) =>
      [...question.answers].sort((a, b) => Number(a.publishedAt) - Number(b.publishedAt))[0]?.guestId;
    const answered = (guest: string) => sorted.filter((one) => one.state === 'answered' && firstBy(one) === guest);
    const open = sorted.filter(({ state }) => state === 'published');
    const said = turns.filter(({ waiting, removedAt }) => !waiting && removedAt === null).map(({ text }) => text);
    const lines = [...answered(past.guestId), ...answered(past.secondGuestId)].flatMap((question) =>
      [...question.answers]
        .sort((a, b) => Number(a.publishedAt) - Number(b.publishedAt))
        .map((one) => [question.text, one.text ?? '', String(question.supports)] as const),
    );
    const openLines = open.map(({ text, supports }) => [text, '', String(supports)] as const);
    return { lines: [...lines, ...openLines], said };
  }
  /** Every text once in its order: a question, its answers. */
  function sequence(): string[] {
    const { lines, said } = expected();
    return [
      ...lines.flatMap(([question, answer], at) => [
        ...(lines[at - 1]?.[0] === question ? [] : [question]),
        ...(answer ? [answer] : []),
      ]),
      ...said,
    ];
  }

  it('is whole in the table', async () => {
    const rows = csvRows(await take(past.id, 'csv'));
    const { lines, said } = expected();
    expect(lines.length).toBeGreaterThan(330);
    expect(rows.slice(0, lines.length).map((row) => [row['内容'], row['答复'], row['支持数']])).toEqual(lines);
    expect(rows.slice(lines.length).map((row) => row['内容'])).toEqual(said);
  });

  it('is whole in the Word file', async () => {
    const found = wordParagraphs(await take(past.id, 'docx')).map(({ text }) => text);
    expect(found.filter((text) => /^第\d+(问|答|段)/.test(text))).toEqual(sequence());
  });

  it('is whole in the PDF', async () => {
    const words = pdfWords(await take(past.id, 'pdf'));
    const texts = sequence();
    expectInWords(words, texts);
    expect(words.match(/第\d+问：/g)).toHaveLength(texts.filter((text) => /^第\d+问/.test(text)).length);
    expect(words.match(/第\d+答（/g)).toHaveLength(texts.filter((text) => /^第\d+答/.test(text)).length);
    expect(words.match(/第\d+段：/g)).toHaveLength(texts.filter((text) => /^第\d+段/.test(text)).length);
  });
});
