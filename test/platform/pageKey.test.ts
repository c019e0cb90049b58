import { beforeAll, describe, expect, it } from '@jest/globals';
import { recordAudit } from '../../src/audit/index.ts';
import { listAudit } from '../../src/audit/queries.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { pastInterviews } from '../../src/interview/queries.ts';
import { newId } from '../../src/kernel/id.ts';
import { setClock } from '../../src/kernel/time.ts';
import { archivePage } from '../../src/mailbox/archive.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { fillPublicIndex } from '../../src/mailbox/publicIndex.ts';
import { publicLetters } from '../../src/mailbox/publicQueries.ts';
import { cutPage, newestFirst, readPageKey, writePageKey } from '../../src/platform/database/pageKey.ts';
import { ShelvedLetterModel, shelvedLetters } from '../../src/platform/mailShelf.ts';
import { useDatabase } from '../support/database.ts';
import { letterIn, mailboxModels, makeOffice, stored, type Office } from '../support/mailbox.ts';

useDatabase([...mailboxModels, InterviewModel, ShelvedLetterModel]);
const moment = new Date('2026-03-05T00:00:00Z');
const many = 130;
const copies = Array.from({ length: many }, () => newId());

/** Walks through all pages; gives identifiers as they came. */
async function walk<Row>(
  page: (before: string) => Promise<{ rows: readonly Row[]; next: string | null }>,
  idOf: (row: Row) => string,
): Promise<string[]> {
  const seen: string[] = [];
  let before: string | null = '';
  for (let pages = 0; before !== null && pages < many; pages += 1) {
    const { rows, next } = await page(before);
    seen.push(...rows.map(idOf));
    before = next;
  }
  return seen;
}

let office: Office;
beforeAll(async () => {
  office = await makeOffice();
  setClock(() => moment);
  const letter = await stored((await letterIn('closed', office)).id);
  const by = { kind: 'system', id: 'system', name: '' };
  const publicVersion = { title: '标题', body: '内容', reply: '答复', masked: [], at: moment, by };
  await LetterModel.collection.insertMany(
    copies.map((_id, index) => ({
      ...letter,
      visibility: 'public',
      publishedAt: moment,
      publicVersion,
      _id,
      number: `2026-${900_000 + index}`,
      formKeyHash: _id,
      submittedAt: moment,
    })) as never[],
  );
  await InterviewModel.collection.insertMany(
    copies.map((_id) => ({ _id, state: 'archived', startsAt: moment, topic: '同一时刻' })) as never[],
  );
  await ShelvedLetterModel.collection.insertMany(copies.map((_id) => ({ _id, at: moment })) as never[]);
  for (const id of copies) await recordAudit(office.clerk, { verb: 'test.same', target: { type: 'test', id } });
  setClock();
});

const sorted = (ids: readonly string[]) => [...ids].sort();

describe('rows of the same moment are neither lost nor told twice by', () => {
  const lists: Record<string, () => Promise<string[]>> = {
    'the archive of letters': () =>
      walk(
        async (before) => {
          const { letters, next } = await archivePage(office.clerk, { month: '2026-03', before });
          return { rows: letters.filter(({ number }) => number.startsWith('2026-9')), next };
        },
        ({ _id }) => _id,
      ),
    'past interviews': () =>
      walk(
        async (before) => {
          const { interviews, next } = await pastInterviews(readPageKey(before));
          return { rows: interviews, next };
        },
        ({ _id }) => _id,
      ),
    'the shelf of mails': () =>
      walk(
        async (before) => cutPage(await shelvedLetters(31, readPageKey(before)), 30, ({ at, _id: id }) => ({ at, id })),
        ({ _id }) => _id,
      ),
    'the audit trail': () =>
      walk(
        async (before) => {
          const asked = { verb: 'test.same', from: '2026-03-01', to: '2026-03-31', before };
          const { entries, next } = await listAudit(office.administrator, asked);
          return { rows: entries, next };
        },
        ({ target }) => target.id,
      ),
  };
  it.each(Object.keys(lists))('%s', async (name) => {
    expect(sorted((await lists[name]?.()) ?? [])).toEqual(sorted(copies));
  });

  it('public letters, from memory and from the database', async () => {
    const numbers = () =>
      walk(
        async (before) => {
          const { letters, next } = await publicLetters({ before });
          return { rows: letters, next };
        },
        ({ number }) => number,
      );
    const first = await numbers();
    await fillPublicIndex();
    for (const seen of [first, await numbers()]) {
      expect(seen).toHaveLength(many);
      expect(new Set(seen).size).toBe(many);
    }
  });
});

it('reads what it wrote, a moment alone, and nothing else', () => {
  const key = { at: moment, id: 'a1' };
  expect(readPageKey(writePageKey(key))).toEqual(key);
  expect(readPageKey(String(moment.getTime()))).toEqual({ at: moment, id: '' });
  for (const wrong of ['', 'x', '-1', '1-', '1-$', undefined, ['1-a']]) expect(readPageKey(wrong)).toBeNull();
  const order = [{ at: moment, id: 'a' }, key, { at: new Date(0), id: 'z' }].sort(newestFirst);
  expect(order.map(({ id }) => id)).toEqual(['a1', 'a', 'z']);
});
