import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { workingCalendar } from '../../src/calendar/index.ts';
import { startClock } from '../../src/kernel/clock.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { planAnswer } from '../../src/mailbox/assignment.ts';
import { cityDue, end } from '../../src/mailbox/clocks.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { letterKinds } from '../../src/mailbox/letter.ts';
import { newLetter } from '../../src/mailbox/newLetter.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { acceptRule } from '../../src/mailbox/rules.ts';

const path = '../shared/data/letters-with-replies.csv';
interface Row {
  title: string;
  body: string;
  reply: string;
}
const rows: Row[] = existsSync(path)
  ? parse<Row>(readFileSync(path, 'utf8'), { columns: true, bom: true, relax_column_count: true })
  : Array.from({ length: 500 }, (_, index) => ({
      title: `第${index}路公交车经常晚点`,
      body: `第${index}路公交车早高峰经常晚点二十分钟以上，上班族意见很大，请问能否增加班次。`,
      reply: `您好，公交公司已在早高峰增加${index % 9}个班次，并将继续观察客流。`,
    }));
let seed = 7;
const random = (limit: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};
const pick = (): Row => rows[random(rows.length)] ?? { title: '', body: '', reply: '' };

const sentences = rows.map(({ body }) => body.split(/(?<=[。！？])/));

/** A letter as somebody might write it: the sentences of two real ones. */
export function randomText(): string {
  const parts = [...(sentences[random(rows.length)] ?? []), ...(sentences[random(rows.length)] ?? [])];
  return parts
    .filter(() => random(3) > 0)
    .join('')
    .slice(0, 600);
}

export const departments = Array.from({ length: 30 }, (_, index) => ({
  path: ['city', `d${index}`],
  name: `第${index}局`,
}));

/** Puts so many letters of the last eight months into the database, so many of them open in all states. */
export async function fillCity(total: number, open: number): Promise<void> {
  const calendar = await workingCalendar();
  const system = systemActor('bench');
  const now = Date.now();
  let batch: Letter[] = [];
  for (let index = 0; index < total; index += 1) {
    const isOpen = index < open;
    const age = isOpen ? random(12) * 86_400_000 + random(86_400_000) : 12 * 86_400_000 + random(230 * 86_400_000);
    const at = new Date(now - age);
    const row = pick();
    const department = departments[random(30)] ?? { path: ['city'], name: '' };
    const place = { departmentId: department.path.at(-1) ?? '', path: department.path, name: department.name };
    const body = randomText();
    const clocks = [startClock('accept', acceptRule(), at, calendar)];
    const letter = newLetter(system, {
      _id: newId(),
      number: `2026-${String(index + 1_000_000)}`,
      kind: letterKinds[random(4)] ?? 'help',
      box: 'unified',
      channel: 'web',
      title: row.title.slice(0, 60),
      body,
      attachments: [],
      mayPublish: true,
      writerId: null,
      language: 'zh-CN',
      codeHash: newId(20),
      formKeyHash: newId(20),
      ownerPath: [],
      wishedDepartmentId: null,
      clocks,
      dueAt: cityDue(clocks),
      submittedAt: at,
      outbox: [],
    });
    const stage = isOpen ? random(6) : 9;
    if (stage > 0) {
      const { answer } = planAnswer(letter, at, calendar);
      const assigned = [...end(clocks, at), answer];
      const state =
        (['submitted', 'accepted', 'assigned', 'assigned', 'drafted', 'signed-off'] as const)[stage] ?? 'closed';
      const facts = { ...letter.facts, acceptedAt: at, departmentId: place.departmentId, departmentName: place.name };
      Object.assign(letter, {
        state,
        lead: stage > 1 ? place : null,
        clocks: assigned,
        dueAt: cityDue(assigned),
        facts,
      });
    }
    if (!isOpen) {
      const done = new Date(at.getTime() + 5 * 86_400_000);
      const doer = { kind: 'staff', id: 'x', name: '李四' } as const;
      const reply = {
        round: 1,
        text: row.reply,
        draftedBy: doer,
        signedBy: doer,
        departmentId: place.departmentId,
        departmentName: place.name,
        releasedAt: done,
      };
      Object.assign(letter, {
        state: 'closed',
        open: false,
        dueAt: null,
        clocks: end(letter.clocks, done),
        replies: [reply],
        repliedAt: done,
        closedAt: done,
        changedAt: done,
      });
      if (random(10) < 7) {
        const text = { title: letter.title, body: letter.body, reply: row.reply, masked: [], at: done, by: doer };
        Object.assign(letter, { visibility: 'public', publishedAt: done, publicVersion: text });
      }
    } else letter.changedAt = new Date(now - 60_000);
    batch.push(letter);
    if (batch.length === 1000) {
      await LetterModel.collection.insertMany(batch as never[], { ordered: false });
      batch = [];
    }
  }
  if (batch.length > 0) await LetterModel.collection.insertMany(batch as never[], { ordered: false });
}
