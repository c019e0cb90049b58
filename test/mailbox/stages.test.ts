import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { stageLetters, stagesModel } from '../../src/mailbox/office/stages.ts';
import { partitionParts, type PartitionPart } from '../../src/mailbox/stagePartition.ts';
import { useDatabase } from '../support/database.ts';
import { letterIn, mailboxModels, makeOffice, replyText, type Office, type Written } from '../support/mailbox.ts';

useDatabase(mailboxModels);
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
afterEach(() => setClock());

const why = '情况说明：需要这样处理';
const answer = async (office: Office, letterId: string) => {
  await act.submitForSignOff(office.handler, { letterId, text: replyText });
  await act.signOff(office.head, { letterId });
  await act.releaseReply(office.clerk, { letterId });
};
const again = async (office: Office, { id: letterId, number, code, writer }: Written) => {
  await act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: why });
  await act.requestRehandling(writer, { number, code, reason: why });
  await act.decideRehandling(office.clerk, { letterId, decision: 'grant' });
};
/** What is done with a letter from the tenth on, and the parts in which it stands afterwards. */
type Story = [string, (office: Office, letter: Written) => Promise<unknown>, PartitionPart[]];
const stories: Story[] = [
  ['waits for its answer', async () => at('2025-03-12T10:00'), ['need', 'to-do', 'to-do-in-time']],
  ['is overdue', async () => undefined, ['need', 'to-do', 'to-do-overdue']],
  [
    'was answered in time',
    async (office, { id }) => (at('2025-03-12T10:00'), answer(office, id)),
    ['need', 'done', 'done-in-time'],
  ],
  [
    'was answered late',
    async (office, { id }) => (at('2025-03-26T10:00'), answer(office, id)),
    ['need', 'done', 'done-late'],
  ],
  [
    'waits for the writer',
    async (office, { id }) => act.askWriter(office.handler, { letterId: id, text: why }),
    ['need', 'to-do', 'to-do-in-time'],
  ],
  [
    'was returned',
    async (office, { id }) => act.returnLetter(office.handler, { letterId: id, reason: why }),
    ['return'],
  ],
  ['was withdrawn', async (_office, { number, code, writer }) => act.withdrawLetter(writer, { number, code }), []],
  [
    'was extended',
    async (office, { id: letterId }) => {
      await act.requestExtension(office.handler, { letterId, amount: 15, reason: why });
      await act.decideExtension(office.clerk, { letterId, decision: 'grant' });
    },
    ['need', 'to-do', 'to-do-in-time', 'extension'],
  ],
  [
    'is handled again',
    async (office, letter) => (await answer(office, letter.id), at('2025-03-27T10:00'), again(office, letter)),
    ['need', 'to-do', 'to-do-in-time', 'rework'],
  ],
  [
    'was handled again after a late answer',
    async (office, letter) => {
      at('2025-03-24T10:00');
      await answer(office, letter.id);
      await again(office, letter);
      await answer(office, letter.id);
    },
    ['need', 'done', 'done-late', 'rework'],
  ],
];

describe('the partition of a stage', () => {
  let office: Office;
  beforeAll(async () => {
    office = await makeOffice();
  });

  it.each(stories)('a letter that %s', async (name, tell, parts) => {
    at('2025-03-10T09:30');
    const letter = await letterIn('assigned', office);
    await tell(office, letter);
    at(name.startsWith('waits for its') ? '2025-03-12T11:00' : '2025-03-28T11:00');
    const listed = async (part: PartitionPart) =>
      (await stageLetters(office.supervisor, { from: '2025-03', until: '2025-03', stage: 'answer', part })).rows.map(
        ({ number }) => number,
      );
    const found: PartitionPart[] = [];
    for (const part of partitionParts) if ((await listed(part)).includes(letter.number)) found.push(part);
    expect(found.toSorted()).toEqual(parts.toSorted());
  });

  it('adds up, and every number is the number of letters behind it', async () => {
    at('2025-03-28T11:00');
    const query = { from: '2025-03', until: '2025-03' };
    const { stages, lines } = await stagesModel(office.supervisor, query);
    for (const { cells } of [...stages, ...lines]) {
      const of = (part: PartitionPart) => cells.find((cell) => cell.part === part)?.count ?? NaN;
      expect(of('need')).toBe(of('done') + of('to-do'));
      expect(of('done')).toBe(of('done-in-time') + of('done-late'));
      expect(of('to-do')).toBe(of('to-do-in-time') + of('to-do-overdue'));
      for (const { count, href } of cells) {
        const asked = Object.fromEntries(new URL(href, 'http://x').searchParams);
        expect([href, (await stageLetters(office.supervisor, asked)).count]).toEqual([href, count]);
      }
    }
    expect(stages[2]?.cells.map(({ count }) => count)).toEqual([8, 3, 1, 2, 5, 3, 2, 2, 1, 1]);
  });

  it('shows heads their own letters and handlers nothing', async () => {
    at('2025-03-28T11:00');
    const { lines } = await stagesModel(office.head, { from: '2025-03', until: '2025-03' });
    expect(lines).toHaveLength(1);
    await expect(stagesModel(office.handler, {})).rejects.toMatchObject({ status: 403 });
    await expect(stageLetters(office.administrator, {})).rejects.toMatchObject({ status: 403 });
  });
});
