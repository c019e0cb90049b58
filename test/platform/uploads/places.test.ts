import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { newId } from '../../../src/kernel/id.ts';
import { attachUploads, handOverUploads, holdUploads, uploadsOf } from '../../../src/platform/uploads/store.ts';
import { UploadModel, type Upload } from '../../../src/platform/uploads/uploadModel.ts';
import { useDatabase } from '../../support/database.ts';

useDatabase([UploadModel]);

async function sent(ownerId: string, attachedTo?: string): Promise<string> {
  const id = newId(16);
  const row = {
    _id: id,
    hash: id,
    kind: 'document' as const,
    type: 'application/pdf',
    name: 'a.pdf',
    size: 1,
    ownerId,
  };
  await UploadModel.create({ ...row, createdAt: new Date(), ...(attachedTo ? { attachedTo } : {}) });
  return id;
}
const rowOf = (id: string) => UploadModel.findById(id).lean<Upload>();
const idsOf = async (place: string) => (await uploadsOf(place)).map(({ _id }) => _id).sort();

describe('files that belong to nothing yet', () => {
  it('get their place only from their owner, only once, and nobody else’s with them', async () => {
    const [one, other] = [await sent('anna'), await sent('anna')];
    const [strange, placed] = [await sent('bert'), await sent('anna', 'letter:old')];
    const wanted = [one, other, strange, placed, 'no-such-file'];
    expect(await attachUploads(wanted, 'anna', 'letter:new')).toBe(2);
    expect(await idsOf('letter:new')).toEqual([one, other].sort());
    expect(await idsOf('letter:old')).toEqual([placed]);
    expect((await rowOf(strange))?.attachedTo).toBeUndefined();
    expect(await attachUploads(wanted, 'anna', 'letter:second')).toBe(0);
    expect(await attachUploads([], 'anna', 'letter:second')).toBe(0);
  });

  it('named twice count once', async () => {
    const file = await sent('anna');
    expect(await attachUploads([file, file], 'anna', 'letter:twice')).toBe(1);
  });

  it('go to one of two letters that are sent at the same moment', async () => {
    const file = await sent('anna');
    const places = ['letter:a', 'letter:b'];
    const counts = await Promise.all(places.map((place) => attachUploads([file], 'anna', place)));
    expect(counts.toSorted()).toEqual([0, 1]);
  });

  it('are held and handed over with their owner, those with a place are not', async () => {
    const [waiting, placed] = [await sent('guest'), await sent('guest', 'letter:kept')];
    const until = new Date('2026-12-01T00:00:00Z');
    await holdUploads([waiting, placed], 'guest', until);
    await handOverUploads([waiting, placed], 'guest', 'citizen');
    expect(await rowOf(waiting)).toMatchObject({ ownerId: 'citizen', heldUntil: until });
    expect(await rowOf(placed)).toMatchObject({ ownerId: 'guest' });
    expect((await rowOf(placed))?.heldUntil).toBeUndefined();
  });

  it('are looked for by exactly the fields of one index, so that no database reads them all', async () => {
    const asked: object[] = [];
    mongoose.set('debug', (collection: string, method: string, filter: object) => {
      if (collection === 'uploads' && method.startsWith('update')) asked.push(filter);
    });
    const file = await sent('anna');
    await holdUploads([file], 'anna', new Date());
    await handOverUploads([file], 'anna', 'cara');
    await attachUploads([file], 'cara', 'letter:named');
    mongoose.set('debug', false);
    const indexes = (await UploadModel.collection.indexes()).map(({ key }) => Object.keys(key).join());
    expect(asked).toHaveLength(3);
    for (const filter of asked) {
      expect(indexes).toContain(Object.keys(filter).join());
      // equality only: a list or `$exists` is not answered from an index of several fields
      for (const value of Object.values(filter)) expect(value === null || typeof value === 'string').toBe(true);
    }
  });
});
