import type { Collection } from 'mongoose';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { InterviewModel, type Interview } from '../../src/interview/interviewModel.ts';
import { QuestionModel, type Question } from '../../src/interview/questionModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { now } from '../../src/kernel/time.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import type { Mark } from '../../src/mailbox/letter.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import type { DepartmentRow } from '../../src/organization/department.ts';
import { DepartmentModel, TreeStateModel } from '../../src/organization/departmentModel.ts';
import { declaredSettings, readSettingValue, storeSetting } from '../../src/platform/settings.ts';

/** Fills `length` characters with these words again and again. */
const long = (words: string, length: number) =>
  words
    .repeat(Math.ceil(length / words.length))
    .slice(0, length)
    .trim();

const department = {
  name: long('住房和城乡建设暨房地产市场秩序综合监督管理与城市更新工作领导小组办公室', 60),
  nameEnglish: long('Housing, Urban-Rural Construction and Comprehensive Real-Estate Administration Commission ', 118),
};
const title = long('滨海花园三号楼供暖不热并且电梯反复停运影响老人和孩子出行请尽快处理', 60);
const unbroken = long('https://example.test/a-very-long-address-without-any-blank/', 300);
const marks: Mark[] = [
  'urged',
  'supervised',
  'yellow-card',
  'red-card',
  'appealed',
  'waiting',
  'extension-asked',
  'extended',
  'rehandling-asked',
  'rehandled',
  'dissatisfied',
  'duplicate',
  'sent-back',
  'joint',
];
const nobody = { kind: 'staff', id: 'nobody', name: long('阿卜杜拉·买买提艾力·吐尔逊', 40) } as const;

/**
 * Makes the demo city as awkward as its own rules allow: every name, title and setting at its longest, every letter
 * with every mark, both cards and an order. The demo's own deeds still work, so that every page still opens.
 */
export async function makeAwkward(): Promise<void> {
  await each<DepartmentRow>(DepartmentModel, (row, index) => ({
    name: `${index}${department.name}`.slice(0, 60),
    nameEnglish: `${department.nameEnglish}${index}`.slice(0, 120),
    shortName: row.shortName ? long(row.shortName, 20) : '',
  }));
  await TreeStateModel.updateOne({ _id: 'tree' }, { $inc: { revision: 1 } }, { upsert: true });
  await each(AccountModel, () => ({ displayName: nobody.name }));
  await each<Interview>(InterviewModel, (row) => ({
    topic: long(row.topic, 80),
    departmentName: { 'zh-CN': department.name, en: department.nameEnglish },
    guests: row.guests.map((guest) => ({ ...guest, name: nobody.name, title: long(`${guest.title}兼`, 60) })),
  }));
  await each<Question>(QuestionModel, (row, index) => ({ text: index % 3 === 0 ? unbroken : long(row.text, 300) }));
  await each(LetterModel, awkwardLetter);
  for (const setting of declaredSettings()) {
    const longest =
      setting.type === 'text'
        ? long(setting.value() ? `${String(setting.value())}、` : '很长的一行字，', setting.max ?? 500)
        : null;
    if (longest === null || /-at$|-from$|url|address|webhook|gateway|owner/.test(setting.key)) continue;
    try {
      await storeSetting(setting.key, readSettingValue(setting, longest), 'nobody');
    } catch {
      // a setting that takes no free text keeps what it has
    }
  }
}

/** Writes what `change` gives to every document of a collection. */
async function each<Row>(
  { collection }: { readonly collection: Collection },
  change: (row: Row, index: number) => object,
): Promise<void> {
  const rows = await collection.find().sort({ _id: 1 }).toArray();
  for (const [index, row] of rows.entries()) {
    await collection.updateOne({ _id: row._id }, { $set: change(row as Row, index) });
  }
}

function awkwardLetter(letter: Letter) {
  const at = now();
  const departmentId = letter.lead?.departmentId ?? 'nobody';
  const given = {
    at,
    by: nobody,
    departmentId,
    departmentName: department.name,
    reason: long('超期未答复且未说明原因，', 200),
  };
  const card = (colour: 'yellow' | 'red') => ({
    ...given,
    id: newId(),
    colour,
    dueAt: at,
    appeal: null,
    withdrawn: null,
  });
  return {
    title,
    marks,
    cards: [card('yellow'), card('red')],
    orders: [{ ...given, id: newId(), answer: null }],
    ...(letter.lead ? { lead: { ...letter.lead, name: department.name } } : {}),
    ...(letter.publicVersion ? { publicVersion: { ...letter.publicVersion, title } } : {}),
    'facts.departmentName': department.name,
    version: letter.version + 1,
    changedAt: at,
  };
}
