import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { cityDay } from '../../kernel/calendar.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { departmentName, departmentOptions, listDepartments } from '../../organization/index.ts';
import { LetterModel } from '../letterModel.ts';
import { monthRange } from '../monthRange.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import {
  partitionedStages,
  partitionParts,
  partsOf,
  type PartitionedStage,
  type PartitionPart,
} from '../stagePartition.ts';
import { lettersBehind } from './behind.ts';
import { seesBoard } from './supervision.ts';
import { sayIn } from './words.ts';

const month = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
  .catch('')
  .default('');
const filterSchema = z.object({
  from: month,
  until: month,
  department: z.string().max(40).catch('').default(''),
  stage: z.enum(partitionedStages).catch('answer').default('answer'),
  part: z.enum(partitionParts).catch('need').default('need'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});
type Filter = z.output<typeof filterSchema>;

/** At most two years; this month and the one before when nothing is chosen: the first of a month shows no empty page. */
function filterOf(query: unknown): Filter {
  const typed = parse(filterSchema, query);
  const until = typed.until || cityDay(now()).slice(0, 7);
  const earliest = `${Number(until.slice(0, 4)) - 2}${until.slice(4)}`;
  const from = typed.from && typed.from <= until ? typed.from : typed.until ? until : monthBefore(until);
  return { ...typed, until, from: from < earliest ? earliest : from };
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

const fields = {
  state: 1,
  channel: 1,
  ownerPath: 1,
  writerId: 1,
  lead: 1,
  facts: 1,
  'assisting.path': 1,
  'assisting.departmentId': 1,
  'assisting.opinion.at': 1,
  'assisting.clock': 1,
  clocks: 1,
  pastClocks: 1,
  laterDueAt: 1,
  'replies.releasedAt': 1,
};

/** The letters that came in in these months and that this person oversees. */
async function lettersOf(actor: Actor, { from, until, department }: Filter): Promise<Letter[]> {
  const months = monthRange(from, until);
  const range = { $gte: months.from, $lt: months.until };
  const letters: Letter[] = [];
  for await (const letter of LetterModel.find({ submittedAt: range }, fields)
    .lean<Letter>()
    .cursor({ batchSize: 1000 })) {
    const theirs =
      department === '' || letter.facts.departmentId === department || letter.lead?.path.includes(department);
    if (letter.channel !== 'import' && theirs && canRead(actor, letter)) letters.push(letter);
  }
  return letters;
}

/** A line of the table: how many letters stand in each part, and where they are listed. */
function lineOf(letters: readonly Letter[], stage: PartitionedStage, at: Date, href: (part: PartitionPart) => string) {
  const counts = new Map<PartitionPart, number>(partitionParts.map((part) => [part, 0]));
  for (const letter of letters) {
    for (const part of partsOf(letter, stage, at)) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return partitionParts.map((part) => ({
    part,
    count: counts.get(part) ?? 0,
    href: href(part),
    bad: part === 'to-do-overdue' || part === 'done-late',
  }));
}

/** 分环节统计: need, done, to do of every stage, and of one stage by department; every number leads to its letters. */
export async function stagesModel(actor: Actor, query: unknown) {
  if (!seesBoard(actor)) throw forbidden('mailbox.errors.not-your-part');
  const filter = filterOf(query);
  const [letters, at, departments] = [await lettersOf(actor, filter), now(), await listDepartments()];
  const { language } = actor;
  const say = sayIn(language);
  const address = (stage: PartitionedStage, department: string) => (part: PartitionPart) => {
    const { from, until } = filter;
    return `/office/supervision/stages/letters?${new URLSearchParams({ from, until, department, stage, part }).toString()}`;
  };
  const byDepartment = Map.groupBy(letters, (letter) => letter.facts.departmentId ?? '');
  const lines = departments.flatMap((department) => {
    const cells = lineOf(byDepartment.get(department.id) ?? [], filter.stage, at, address(filter.stage, department.id));
    return cells[0]?.count ? [{ name: departmentName(department, language), cells }] : [];
  });
  return {
    filter,
    parts: partitionParts.map((part) => say(`stage-parts.${part}`)),
    stages: partitionedStages.map((stage) => ({
      name: say(`stages.${stage}`),
      cells: lineOf(letters, stage, at, address(stage, filter.department)),
    })),
    stageName: say(`stages.${filter.stage}`),
    lines: lines.sort((one, other) => (other.cells[6]?.count ?? 0) - (one.cells[6]?.count ?? 0)),
    choices: {
      departments: departmentOptions(departments, language),
      stages: partitionedStages.map((value) => ({ value, label: say(`stages.${value}`) })),
    },
  };
}

/** The letters behind one number of it. */
export async function stageLetters(actor: Actor, query: unknown) {
  if (!seesBoard(actor)) throw forbidden('mailbox.errors.not-your-part');
  const filter = filterOf(query);
  const { from, until, department, stage, part, page } = filter;
  const [letters, at, say] = [await lettersOf(actor, filter), now(), sayIn(actor.language)];
  const ids = letters.filter((letter) => partsOf(letter, stage, at).has(part)).map(({ _id }) => _id);
  const here = new URLSearchParams({ from, until, department, stage, part }).toString();
  const back = new URLSearchParams({ from, until, department, stage }).toString();
  return {
    ...(await lettersBehind(actor, ids.reverse(), `/office/supervision/stages/letters?${here}`, page)),
    title: say('behind.stage', { stage: say(`stages.${stage}`), part: say(`stage-parts.${part}`) }),
    period: from === until ? from : `${from} – ${until}`,
    backHref: `/office/supervision/stages?${back}`,
  };
}
