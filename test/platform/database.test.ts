import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose, { Schema, model } from 'mongoose';
import { newId } from '../../src/kernel/id.ts';
import { databaseReady } from '../../src/platform/database/connection.ts';
import { isDatabaseAway, isDuplicate } from '../../src/platform/database/errors.ts';
import { useDatabase } from '../support/database.ts';

interface Card {
  _id: string;
  name: string;
  code?: string;
  state: 'open' | 'closed';
  votes: number;
  revision: number;
  at: Date;
  tags: string[];
  trail: { verb: string; at: Date }[];
  parts: { id: string; done: boolean }[];
}
const schema = new Schema<Card>(
  {
    _id: String,
    name: { type: String, required: true },
    code: String,
    state: { type: String, default: 'open' },
    votes: { type: Number, default: 0 },
    revision: { type: Number, default: 0 },
    at: { type: Date, default: () => new Date() },
    tags: [String],
    trail: [{ _id: false, verb: String, at: Date }],
    parts: [{ _id: false, id: String, done: Boolean }],
  },
  { autoIndex: false, autoCreate: false },
);
schema.index({ name: 1 }, { unique: true });
schema.index({ code: 1 }, { unique: true, partialFilterExpression: { code: { $exists: true } } });
schema.index({ state: 1, at: -1 });
schema.index({ tags: 1 });
const Cards = model<Card>('BatteryCard', schema);
const Supports = model(
  'BatterySupport',
  new Schema({ _id: String, card: String, person: String }).index({ card: 1, person: 1 }, { unique: true }),
);
useDatabase([Cards, Supports]);

const card = (name: string, more: Partial<Card> = {}) => Cards.create({ _id: newId(), name, ...more });
const caught = (work: Promise<unknown>) => work.then(() => undefined).catch((thrown: unknown) => thrown);

describe('the database does what the program relies on', () => {
  beforeEach(async () => {
    await Promise.all([Cards.deleteMany({}), Supports.deleteMany({})]);
  });

  it('is connected', () => expect(databaseReady()).toBe(true));

  it('keeps a unique value once and says which', async () => {
    await card('one');
    const error = await caught(card('one'));
    expect([isDuplicate(error), isDuplicate(error, 'name'), isDuplicate(error, 'votes')]).toEqual([true, true, false]);
    expect(isDatabaseAway(error)).toBe(false);
  });

  it('keeps a partial unique value once and lets many be without', async () => {
    await Promise.all([card('a'), card('b')]);
    await card('c', { code: 'x' });
    expect(isDuplicate(await caught(card('d', { code: 'x' })), 'code')).toBe(true);
  });

  it('lets one of many at the same moment take a unique pair', async () => {
    const tries = Array.from({ length: 20 }, () => caught(Supports.create({ _id: newId(), card: 'c', person: 'p' })));
    const errors = await Promise.all(tries);
    expect(errors.filter((error) => error === undefined)).toHaveLength(1);
    expect(errors.filter((error) => isDuplicate(error))).toHaveLength(19);
  });

  it('lets one of many at the same moment move a state, with its trail', async () => {
    const { _id } = await card('moved');
    const move = () =>
      Cards.updateOne(
        { _id, state: 'open' },
        { $set: { state: 'closed' }, $push: { trail: { verb: 'close', at: new Date() } } },
      );
    const results = await Promise.all(Array.from({ length: 20 }, move));
    expect(results.filter((result) => result.matchedCount === 1)).toHaveLength(1);
    expect((await Cards.findById(_id).lean())?.trail).toHaveLength(1);
  });

  it('counts what many add at the same moment', async () => {
    const { _id } = await card('counted');
    await Promise.all(Array.from({ length: 50 }, () => Cards.updateOne({ _id }, { $inc: { votes: 1 } })));
    expect((await Cards.findById(_id).lean())?.votes).toBe(50);
  });

  it('inserts once by upsert, however many try', async () => {
    const upsert = () => Cards.updateOne({ _id: 'counter' }, { $setOnInsert: { name: 'counter' } }, { upsert: true });
    const results = await Promise.all(Array.from({ length: 10 }, () => caught(upsert())));
    expect(results.filter((error) => error !== undefined && !isDuplicate(error))).toEqual([]);
    expect(await Cards.countDocuments({ _id: 'counter' })).toBe(1);
  });

  it('writes an unordered bulk past its failures', async () => {
    await Supports.create({ _id: 'x', card: 'c', person: 'p1' });
    const rows = ['p1', 'p2', 'p3'].map((person) => ({ _id: newId(), card: 'c', person }));
    const error = await caught(Supports.collection.insertMany(rows as never, { ordered: false }));
    expect(isDuplicate(error)).toBe(true);
    expect(await Supports.countDocuments({ card: 'c' })).toBe(3);
  });

  it('changes one element of a list', async () => {
    const parts = [
      { id: 'a', done: false },
      { id: 'b', done: false },
    ];
    const { _id } = await card('parts', { parts });
    await Cards.updateOne({ _id, 'parts.id': 'b' }, { $set: { 'parts.$.done': true } });
    await Cards.updateOne({ _id }, { $set: { 'parts.$[part].done': true } }, { arrayFilters: [{ 'part.id': 'a' }] });
    expect((await Cards.findById(_id).lean())?.parts.map((part) => part.done)).toEqual([true, true]);
  });

  it('pages by key through an index', async () => {
    const begin = Date.UTC(2026, 0, 1);
    await Cards.insertMany(
      Array.from({ length: 25 }, (_, index) => ({ _id: `p${index}`, name: `n${index}`, at: new Date(begin + index) })),
    );
    const page = await Cards.find({ state: 'open', at: { $lt: new Date(begin + 20) } }, { name: 1 })
      .sort({ at: -1 })
      .limit(10)
      .lean();
    expect(page.map((row) => row._id)).toEqual(Array.from({ length: 10 }, (_, index) => `p${19 - index}`));
  });

  it('finds changed rows, members of a list, and text that begins so', async () => {
    await card('甲号', { revision: 3, tags: ['水', '电'] });
    await card('乙号', { revision: 7, tags: ['电', '𠮷'] });
    expect(await Cards.countDocuments({ revision: { $gt: 3 } })).toBe(1);
    expect(await Cards.countDocuments({ tags: '电' })).toBe(2);
    expect(await Cards.countDocuments({ tags: { $in: ['𠮷', '水'] } })).toBe(2);
    expect(await Cards.countDocuments({ name: { $regex: '^甲' } })).toBe(1);
  });

  it('sums by day of the city', async () => {
    await card('late', { at: new Date('2026-07-01T15:59:00Z'), votes: 2 });
    await card('early', { at: new Date('2026-07-01T16:01:00Z'), votes: 5 });
    const day = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' } };
    const rows = await Cards.aggregate<{ _id: string; votes: number }>([
      { $group: { _id: day, votes: { $sum: '$votes' } } },
      { $sort: { _id: 1 } },
    ]);
    expect(rows).toEqual([
      { _id: '2026-07-01', votes: 2 },
      { _id: '2026-07-02', votes: 5 },
    ]);
  });

  it('keeps text exactly as it was written', async () => {
    const text = '𠮷野家 👩‍👩‍👧 \u202eabc\u202c <script> $where {"$gt":""}\n\t末';
    const { _id } = await card(text);
    expect((await Cards.findById(_id).lean())?.name).toBe(text);
  });
});

describe('a database of its own', () => {
  beforeAll(() => expect(mongoose.connection.name).toMatch(/^test-/));

  it('has the indexes asked for and no other', async () => {
    const names = (await Cards.collection.indexes()).map((index) => index.name).sort();
    expect(names).toEqual(['_id_', 'code_1', 'name_1', 'state_1_at_-1', 'tags_1']);
  });
});
