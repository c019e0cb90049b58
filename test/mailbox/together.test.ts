import { beforeAll, expect, it } from '@jest/globals';
import * as act from '../../src/mailbox/index.ts';
import { dropOldIndexes } from '../../src/mailbox/oldIndexes.ts';
import { WriterModel } from '../../src/mailbox/writerModel.ts';
import { backgroundDone } from '../../src/platform/queue/queue.ts';
import { QueueEntryModel } from '../../src/platform/queue/queueEntry.ts';
import { guestActor } from '../support/identity.ts';
import { useDatabase } from '../support/database.ts';
import { letterIn, mailboxModels, makeOffice, stored, writeLetter, type Office } from '../support/mailbox.ts';

useDatabase(mailboxModels);
let office: Office;
beforeAll(async () => {
  office = await makeOffice();
});

it('letters that come in at once have numbers without gaps, each its writer, and few deliveries', async () => {
  const writer = guestActor();
  const forms = Array.from({ length: 40 }, (_, index) => ({ formKey: `together-${String(index).padStart(12, '0')}` }));
  // Some send the same form twice in the same moment
  const sent = await Promise.all([...forms, ...forms.slice(0, 7)].map((form) => writeLetter(form, writer)));
  const numbers = [...new Set(sent.map(({ number }) => Number(number.slice(5))))].sort((one, other) => one - other);
  expect(numbers).toHaveLength(40);
  expect((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)).toBe(39);
  const ids = [...new Set(sent.map(({ id }) => id))];
  expect(await WriterModel.countDocuments({ _id: { $in: ids } })).toBe(40);
  expect(await WriterModel.countDocuments()).toBe(await act.LetterModel.countDocuments());
  await backgroundDone();
  const jobs = await QueueEntryModel.find({ name: 'mailbox.deliver-letters' }).lean();
  const told = jobs.flatMap(({ input }) => (input as { letterIds: string[] }).letterIds);
  expect(new Set(told)).toEqual(new Set(ids));
  expect(jobs.length).toBeLessThan(20);
});

it('moves written together stand for themselves: of two on one letter one is told so, the others go', async () => {
  const [first, second, third] = [
    await letterIn('submitted', office),
    await letterIn('submitted', office),
    await letterIn('submitted', office),
  ];
  const outcomes = await Promise.allSettled([
    act.acceptLetter(office.clerk, { letterId: first.id, version: 1 }),
    act.declineLetter(office.clerk, { letterId: first.id, version: 1, reason: '不属于本市政府职责范围' }),
    act.acceptLetter(office.clerk, { letterId: second.id }),
    act.acceptLetter(office.clerk, { letterId: third.id }),
  ]);
  expect(outcomes.slice(2).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  const lost = outcomes.slice(0, 2).filter((one) => one.status === 'rejected');
  expect(lost).toEqual([expect.objectContaining({ reason: expect.objectContaining({ status: 409 }) as unknown })]);
  const letter = await stored(first.id);
  expect(letter.version).toBe(2);
  expect(letter.trail).toHaveLength(2);
  expect((await stored(second.id)).state).toBe('accepted');
});

it('a hot topic takes all its letters though somebody works on one of them, and asking again makes no second topic', async () => {
  const [first, second] = [await letterIn('submitted', office), await letterIn('submitted', office)];
  const letterIds = [first.id, second.id];
  const title = '早晚水压不足';
  const [topic] = await Promise.all([
    act.mergeHotTopic(office.clerk, { letterIds, title }),
    act.acceptLetter(office.clerk, { letterId: second.id }).catch(() => null),
  ]);
  expect((await act.mergeHotTopic(office.supervisor, { letterIds, title }))?._id).toBe(topic?._id);
  for (const id of letterIds) expect((await stored(id)).topicId).toBe(topic?._id);
});

it('indexes of older versions go at the start, those in use stay', async () => {
  const letters = act.LetterModel.collection;
  const before = (await letters.indexes()).map(({ name }) => name).sort();
  await letters.createIndex({ duplicateOf: 1 });
  await letters.createIndex({ 'facts.departmentId': 1, publishedAt: 1 });
  await dropOldIndexes();
  await dropOldIndexes();
  expect((await letters.indexes()).map(({ name }) => name).sort()).toEqual(before);
});
