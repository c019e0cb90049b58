import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { withoutDelivery } from '../../src/mailbox/afterChange.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import type { Swept } from '../../src/mailbox/sweep.ts';
import { MailModel } from '../../src/notification/mailModel.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { QueueEntryModel } from '../../src/platform/queue/queueEntry.ts';
import { useDatabase } from '../support/database.ts';
import { letterIn, mailboxModels, makeOffice, stored, type Office } from '../support/mailbox.ts';

useDatabase([...mailboxModels, QueueEntryModel, ShelvedLetterModel]);
const moment = '2026-11-17T09:05:00+08:00';
/** How many of each kind: more than are written in one go. */
const sizes = { red: 20, yellow: 20, reminder: 30, silent: 160, resume: 20 };
const steps = sizes.red + sizes.yellow + sizes.reminder + sizes.silent;
const rated = 12;
const byKind = new Map<string, string[]>();
let office: Office;
const children: ChildProcess[] = [];

beforeAll(async () => {
  office = await makeOffice();
  await AccountModel.updateOne({ _id: office.handler.id }, { $set: { email: 'handler@example.com' } });
  const at = (day: string) => setClock(() => new Date(`${day}T10:00:00+08:00`));
  // Seven working days: due on the 19th, the 18th, the 11th; the last waits for its writer until the 16th
  const days = {
    reminder: '2026-11-10',
    silent: '2026-11-10',
    yellow: '2026-11-09',
    red: '2026-11-02',
    resume: '2026-11-02',
  };
  await withoutDelivery(async () => {
    for (const kind of ['red', 'yellow', 'reminder', 'silent', 'resume'] as const) {
      at(days[kind]);
      const { id } = await letterIn('assigned', office);
      if (kind === 'resume') await act.askWriter(office.handler, { letterId: id, text: '请补充楼号。' });
      byKind.set(kind, await many(id, sizes[kind]));
      // Nobody to write to, so that most letters cost no mail
      const nobody = { 'lead.departmentId': office.assistingId };
      if (kind === 'silent') await LetterModel.updateMany({ _id: { $in: byKind.get(kind) } }, { $set: nobody });
    }
    at('2026-11-02');
    const answered = await Promise.all(Array.from({ length: rated }, () => letterIn('replied', office)));
    byKind.set(
      'replied',
      answered.map(({ id }) => id),
    );
  });
  setClock();
  await LetterModel.updateMany({}, { $set: { outbox: [], outboxAt: null } });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

let numbers = 0;
/** So many letters like this one. */
async function many(id: string, size: number): Promise<string[]> {
  const letter = await stored(id);
  const copies = Array.from({ length: size - 1 }, () => {
    const number = `2026-9${String((numbers += 1)).padStart(5, '0')}`;
    return { ...letter, _id: newId(), number, formKeyHash: newId(24) };
  });
  await LetterModel.collection.insertMany(copies as never);
  return [id, ...copies.map(({ _id }) => _id)];
}

/** Starts one that goes over the letters; it is killed as `when` says, see there. */
function start(...when: string[]): ChildProcess {
  const file = fileURLToPath(new URL('./sweeper.ts', import.meta.url));
  const env = { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '', MONGODB_URI: config.mongodbUri };
  const child = fork(file, [mongoose.connection.name, moment, ...when], { env, execArgv: [] });
  children.push(child);
  return child;
}

/** Lets one go until it has done this so often, and so many milliseconds longer. */
async function killAfter(what: 'begin' | 'step' | 'mail', times: number, waitMs = 0): Promise<void> {
  const [, signal] = (await once(start(what, String(times), String(waitMs)), 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}
const stepsDone = () => LetterModel.countDocuments({ 'timed.0': { $exists: true } });

const verbsOf = ({ trail }: Letter) => trail.map(({ verb }) => verb);
const count = <Item>(list: readonly Item[], item: Item) => list.filter((one) => one === item).length;

it('does every timed step once and sends every mail once, however often it is killed', async () => {
  await killAfter('begin', 1, 8);
  await killAfter('step', 20);
  const half = await stepsDone();
  expect([half > 10, half < steps]).toEqual([true, true]);
  await killAfter('mail', 9);
  const last = start();
  const [[again]] = (await Promise.all([once(last, 'message'), once(last, 'exit')])) as [[Swept], unknown];
  expect(again).toMatchObject({ steps: 0, remindedToRate: 0, closed: 0 });

  const letters = await LetterModel.find().lean<Letter[]>();
  const mails = await MailModel.find().lean();
  const shelf = await ShelvedLetterModel.find().lean();
  expect(mails.filter(({ state }) => state !== 'sent')).toEqual([]);
  const wrong: unknown[] = [];
  for (const letter of letters) {
    const kind = [...byKind].find(([, ids]) => ids.includes(letter._id))?.[0] ?? '';
    const verbs = verbsOf(letter);
    const done = {
      kind,
      timed: letter.timed.map((key) => key.split(' ')[0]),
      cards: letter.cards.map(({ colour }) => colour),
      orders: letter.orders.length,
      acts: ['remind', 'card', 'supplement', 'resume', 'remind-rating', 'close'].filter((verb) =>
        verbs.includes(verb as never),
      ),
      twice: verbs.filter((verb, place) => verbs.indexOf(verb) !== place),
      left: letter.outbox.length,
      mails: [...new Set(shelf.filter(({ subject }) => subject.includes(letter.number)).map(({ to }) => to))]
        .map((to) =>
          count(
            shelf.filter(({ subject }) => subject.includes(letter.number)).map((one) => one.to),
            to,
          ),
        )
        .sort(),
    };
    const should = expected[kind];
    if (!should || JSON.stringify({ ...done, ...should }) !== JSON.stringify(done))
      wrong.push({ id: letter._id, ...done });
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(new Set(shelf.map(({ _id }) => _id)).size).toBe(mails.length);
  const keys = mails.map(({ onceKey }) => onceKey);
  expect(new Set(keys).size).toBe(keys.length);
});

/** What each kind of letter has afterwards, exactly; mails are counted by who gets them. */
const expected: Record<string, object> = {
  reminder: { timed: ['reminder'], cards: [], orders: 0, acts: ['remind'], twice: [], left: 0, mails: [1] },
  silent: { timed: ['reminder'], cards: [], orders: 0, acts: ['remind'], twice: [], left: 0, mails: [] },
  yellow: { timed: ['yellow'], cards: ['yellow'], orders: 0, acts: ['card'], twice: [], left: 0, mails: [1] },
  red: { timed: ['red'], cards: ['red'], orders: 1, acts: ['card'], twice: [], left: 0, mails: [2] },
  resume: { timed: [], cards: [], orders: 0, acts: ['resume'], twice: [], left: 0 },
  replied: { timed: [], cards: [], orders: 0, acts: ['remind-rating', 'close'], twice: [], left: 0, mails: [1] },
};
