import type { WorkingCalendar } from '../kernel/calendar.ts';
import { addDays, addWorkingDays, cityDay, cityMoment } from '../kernel/calendar.ts';
import { boxLetters } from './content/boxLetters.ts';
import { letterTemplates, type LetterTemplate } from './content/letters.ts';
import { farewells, givenNames, greetings, places, roads, schools, surnames } from './content/letterWords.ts';
import { seededRandom } from './random.ts';

/** How far a letter of the demo city gets, and by which way. */
export type Fate = (typeof early)[number][0] | (typeof ordinary)[number][0];

/** Letters that are on their way today, and how many working days ago they were written. */
const early = [
  ['submitted', 0],
  ['submitted', 0],
  ['submitted', 0],
  ['accepted', 1],
  ['accepted', 1],
  ['assigned', 2],
  ['assigned', 2],
  ['signed', 3],
  ['waiting', 4],
  ['extension-asked', 5],
  ['returned', 2],
  ['returned', 2],
  ['passed-down', 4],
  ['drafted', 4],
  ['drafted', 4],
  ['sent-back', 5],
  ['signed-off', 5],
  ['signed-off', 5],
  ['yellow', 7],
  ['yellow', 8],
  ['red', 11],
  ['red', 13],
  ['appealed', 14],
  ['rehandling', 20],
  ['rehandling-asked', 9],
  ['rehandling-asked', 8],
  ['replied', 8],
  ['replied', 9],
  ['replied', 10],
  ['withdrawn', 6],
  ['withdrawn', 12],
  ['declined', 5],
  ['declined', 9],
  ['late', 40],
  ['rehandled', 45],
] as const;

/** The rest of eight months, in percent. */
const ordinary = [
  ['answered', 70],
  ['supplemented', 6],
  ['joint', 4],
  ['extended', 4],
  ['sent-on', 3],
  ['late', 4],
  ['rehandled', 3],
  ['declined', 4],
  ['withdrawn', 2],
] as const;

/** A letter as it will be told: who writes what, when, and what becomes of it. */
export interface LetterPlan {
  fate: Fate;
  /** Among the letters that show what lies on the desks today. */
  onItsWay: boolean;
  template: LetterTemplate;
  title: string;
  body: string;
  reply: string;
  /** Key of the department, also where the template leaves it to the place. */
  department: string;
  name: string;
  phone: string;
  email: string;
  mayPublish: boolean;
  box: NonNullable<LetterTemplate['box']>;
  channel: (typeof channels)[number][0];
  submittedAt: Date;
  /** For all that chance decides later. */
  seed: number;
}

const days = 240;

/** Gives so many letters, in the order in which they came in; the same for the same seed, day and calendar. */
export function planLetters(count: number, seed: number, today: Date, calendar: WorkingCalendar): LetterPlan[] {
  const plans = Array.from({ length: count }, (_, index) => planLetter(index, seed * 10_007 + index, today, calendar));
  return plans.sort((one, other) => one.submittedAt.getTime() - other.submittedAt.getTime());
}

function planLetter(index: number, seed: number, today: Date, calendar: WorkingCalendar): LetterPlan {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const set = early[index];
  const fate = set?.[0] ?? fateOf(random() * 100);
  const submittedAt = set ? recently(set[1], index, today, calendar) : longAgo(random, today);
  const template = templateFor(fate, index, random);
  const [place, district] = pick(template.department === 'district' && set ? places.slice(0, 4) : places);
  const name = pick(surnames) + pick(givenNames);
  const phone = `1380000${String(Math.floor(random() * 10_000)).padStart(4, '0')}`;
  const month = `${((Number(cityDay(submittedAt).slice(5, 7)) + 10) % 12) + 1}月`;
  const slots: Record<string, string> = {
    place,
    road: pick(roads),
    school: pick(schools),
    n: String(2 + Math.floor(random() * 8)),
    month,
    name,
    phone,
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '');
  return {
    fate,
    onItsWay: set !== undefined,
    template,
    title: fill(template.title),
    body: fill(pick(greetings) + template.body + pick(farewells)),
    reply: fill(template.reply),
    department: template.department === 'district' ? district : template.department,
    name,
    phone,
    email: index % 9 === 4 ? `citizen${String(index)}@example.com` : '',
    mayPublish: random() < 0.76 && template.box !== 'efficiency',
    box: template.box ?? 'unified',
    channel: channelOf(random() * 100),
    submittedAt,
    seed: seed + 77_777,
  };
}

function fateOf(percent: number): Fate {
  let sum = 0;
  for (const [fate, share] of ordinary) if (percent < (sum += share)) return fate;
  return 'answered';
}

/** How letters come in, in percent. */
const channels = [
  ['web', 88],
  ['telephone', 6],
  ['counter', 3],
  ['paper', 2],
  ['helper', 1],
] as const;

function channelOf(percent: number): (typeof channels)[number][0] {
  let sum = 0;
  return channels.find(([, share]) => percent < (sum += share))?.[0] ?? 'web';
}

/** Where the demo has accounts to try; what is on its way today lies there. */
const tried = ['water', 'transport', 'housing'];

const templates = [...letterTemplates, ...boxLetters];

function templateFor(fate: Fate, index: number, random: () => number): LetterTemplate {
  const isOpen = index < early.length;
  const fits = templates.filter(({ kind, department, urgency }) => {
    if (fate === 'passed-down') return department === 'district';
    if (fate === 'yellow' || fate === 'red' || fate === 'appealed' || fate === 'late' || fate.startsWith('rehand')) {
      return kind !== 'consultation' && (!isOpen || tried.includes(department));
    }
    if (fate === 'submitted') return urgency === undefined;
    return !isOpen || index % 3 === 0 || tried.includes(department);
  });
  return fits[Math.floor(random() * fits.length)] as LetterTemplate;
}

/** In office hours of a working day; those of today some minutes ago. */
function recently(workingDays: number, index: number, today: Date, calendar: WorkingCalendar): Date {
  if (workingDays === 0) return new Date(today.getTime() - (25 + index * 47) * 60_000);
  const day = addWorkingDays(calendar, cityDay(today), -workingDays);
  return new Date(cityMoment(day, '08:40').getTime() + (index % 7) * 23 * 60_000);
}

const hours = [7, 8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 20, 21, 21, 22];

/** On any day, at the hours at which people write. */
function longAgo(random: () => number, today: Date): Date {
  const day = addDays(cityDay(today), -Math.floor(18 + random() * (days - 18)));
  const hour = hours[Math.floor(random() * hours.length)] ?? 9;
  return new Date(cityMoment(day, '00:00').getTime() + (hour * 60 + Math.floor(random() * 60)) * 60_000);
}
