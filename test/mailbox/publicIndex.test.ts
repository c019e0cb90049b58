import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { openLetters } from '../../src/mailbox/board.ts';
import { startFollowing } from '../../src/mailbox/follow.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import type { PageKey } from '../../src/platform/database/pageKey.ts';
import { newLetter } from '../../src/mailbox/newLetter.ts';
import { fillPublicIndex, findPublic, newestPublic } from '../../src/mailbox/publicIndex.ts';
import { publicLetters } from '../../src/mailbox/publicQueries.ts';
import { PublicRows } from '../../src/mailbox/publicRows.ts';
import { PublicShelf } from '../../src/mailbox/publicShelf.ts';
import { keepShelf, keptShelf } from '../../src/mailbox/publicSnapshot.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { useDatabase } from '../support/database.ts';
import { mailboxModels } from '../support/mailbox.ts';
import { until } from '../support/until.ts';

useDatabase(mailboxModels);
const everything = { kind: '', department: '', subject: '', topic: '' };
const file = () => join(config.dataFolder, 'index', `public-letters-${mongoose.connection.name}.bin`);
let counter = 0;

/** A public letter as another process would have written it: this one has heard nothing of it. */
async function elsewhere(title: string, publishedAt: Date, changedAt = new Date()): Promise<Letter> {
  counter += 1;
  const by = { kind: 'system', id: 'system', name: '' } as const;
  const base = newLetter(systemActor('test'), {
    _id: newId(),
    number: `2026-${String(counter).padStart(6, '0')}`,
    kind: 'help',
    box: 'unified',
    channel: 'web',
    title,
    body: title,
    attachments: [],
    mayPublish: true,
    writerId: null,
    language: 'zh-CN',
    codeHash: newId(),
    formKeyHash: newId(24),
    ownerPath: [],
    wishedDepartmentId: null,
    clocks: [],
    dueAt: null,
    submittedAt: publishedAt,
    outbox: [],
  });
  const publicVersion = { title, body: `${title}，请尽快处理。`, reply: '已处理。', masked: [], at: publishedAt, by };
  const letter: Letter = {
    ...base,
    state: 'closed',
    open: false,
    visibility: 'public',
    publicVersion,
    publishedAt,
    changedAt,
  };
  await LetterModel.collection.insertOne(letter as never);
  return letter;
}
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const titles = ['海棠湾小区水压不足', '滨河路路灯不亮', '工地夜间施工噪音', '小学入学报名材料', '公积金提取手续'];
let letters: Letter[];

beforeAll(async () => {
  letters = [];
  for (const [index, title] of titles.entries()) letters.push(await elsewhere(title, daysAgo(index + 2), daysAgo(1)));
  await fillPublicIndex();
});
afterAll(() => rmSync(file(), { force: true }));

async function shelfOf(some: readonly Letter[]): Promise<PublicShelf> {
  const shelf = new PublicShelf();
  for (const letter of some) shelf.put(letter);
  await keepShelf(shelf, new Date());
  return shelf;
}
const firstOf = (shelf: PublicShelf, text: string) => shelf.search(text, null, { limit: 1, minimum: 0.1 })[0];

it('a letter made public in another process is found soon', async () => {
  await findPublic('路灯', { limit: 1, minimum: 0.2 });
  const letter = await elsewhere('望海亭栏杆松动', new Date());
  const find = () => findPublic('望海亭的栏杆', { limit: 1, minimum: 0.2 });
  await until(async () => (await find()).hits[0]?.id === letter._id);
  expect((await publicLetters({})).letters[0]?.number).toBe(letter.number);
});

it('the file gives back the same shelf', async () => {
  const shelf = await shelfOf(letters);
  const kept = await keptShelf();
  for (const title of titles) expect(firstOf(kept?.shelf as PublicShelf, title)).toEqual(firstOf(shelf, title));
  expect(kept?.shelf.newest(everything, null, 10)).toEqual(shelf.newest(everything, null, 10));
});

it('a start from the file knows what changed since it was written', async () => {
  await shelfOf(letters);
  const late = await elsewhere('望海亭步道积水', new Date());
  const hidden = letters[0] as Letter;
  await LetterModel.collection.updateOne(
    { _id: hidden._id as never },
    { $set: { visibility: 'private', changedAt: new Date() } },
  );
  await fillPublicIndex();
  const newest = await newestPublic(everything, null, 50);
  expect(newest?.ids).toContain(late._id);
  expect(newest?.ids).not.toContain(hidden._id);
  expect((await findPublic('步道积水', { limit: 1, minimum: 0.2 })).hits[0]?.id).toBe(late._id);
  expect((await findPublic(hidden.title, { limit: 5, minimum: 0.1 })).hits.map(({ id }) => id)).not.toContain(
    hidden._id,
  );
});

it.each<[string, () => Promise<void> | void]>([
  ['is cut off', () => writeFileSync(file(), readFileSync(file()).subarray(0, -7))],
  [
    'has another byte somewhere',
    () => {
      const bytes = readFileSync(file());
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 255;
      writeFileSync(file(), bytes);
    },
  ],
  ['is no such file at all', () => writeFileSync(file(), 'nothing of the kind')],
  ['is of a database that was set back', async () => void (await LetterModel.updateMany({}, { $set: { version: 0 } }))],
])('a file that %s is not believed, and all is read anew', async (_why, spoil) => {
  await shelfOf(letters);
  expect(await keptShelf()).toBeDefined();
  await spoil();
  expect(await keptShelf()).toBeUndefined();
  await LetterModel.updateMany({}, { $set: { version: 1 } });
  await fillPublicIndex();
  expect((await findPublic('滨河路路灯', { limit: 1, minimum: 0.2 })).hits[0]?.id).toBe(letters[1]?._id);
});

it('pages by key give every letter once, newest first, whatever comes and goes', () => {
  const kinds = ['help', 'complaint'] as const;
  const change = fc.record({
    slot: fc.nat(30),
    publishedAt: fc.integer({ min: 0, max: 12 }), // 0: taken out; few moments, so that many are the same
    kind: fc.constantFrom(...kinds),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (changes, limit) => {
      const [rows, known] = [new PublicRows(String), new Map<number, { publishedAt: number; kind: string }>()];
      for (const { slot, publishedAt, kind } of changes) {
        if (publishedAt === 0) {
          rows.remove(slot);
          known.delete(slot);
        } else {
          rows.set(slot, { publishedAt, kind, department: '', subject: '', topic: '', textAt: 1 });
          known.set(slot, { publishedAt, kind });
        }
      }
      for (const kind of ['', ...kinds]) {
        const seen: number[] = [];
        const wanted = [...known].filter(([, one]) => kind === '' || one.kind === kind).map(([slot]) => slot);
        for (let before: PageKey | null = null, more = true; more;) {
          const page: ReturnType<PublicRows['newest']> = rows.newest({ ...everything, kind }, before, limit);
          expect(page.slots.length).toBeLessThanOrEqual(limit);
          expect(page.total).toBe(wanted.length);
          seen.push(...page.slots);
          more = page.more;
          before = rows.keyOf(page.slots.at(-1) ?? 0);
        }
        expect([...seen].sort()).toEqual(wanted.sort());
        const moments = seen.map((slot) => rows.publishedAt(slot));
        expect(moments).toEqual([...moments].sort((one, other) => other - one));
      }
    }),
    { numRuns: 60 },
  );
});

it('hears what another process wrote before the first page of the office was opened here', async () => {
  startFollowing(daysAgo(1 / 24));
  const letter = await elsewhere('青松路电动车充电桩漏电', daysAgo(1), daysAgo(1 / 48));
  await openLetters();
  const { hits } = await findPublic('青松路电动车充电桩漏电', { limit: 5, minimum: 0.5 });
  expect(hits.map(({ id }) => id)).toContain(letter._id);
});
