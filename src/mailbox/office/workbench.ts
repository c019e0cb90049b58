import { explanationView, workingCalendar } from '../../calendar/index.ts';
import type { Actor, Staff } from '../../kernel/actor.ts';
import type { StageClock } from '../../kernel/clock.ts';
import { explainClock } from '../../kernel/clockExplanation.ts';
import { forbidden, notFound, type Refusal } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { numberKinds } from '../../moderation/index.ts';
import { listDepartments, nameInLanguage } from '../../organization/index.ts';
import { errorsOf } from '../../web/form.ts';
import { stateOfClock } from '../clocks.ts';
import { letterById, letterByNumber, LetterModel } from '../letterModel.ts';
import { canRead, partiesOf } from '../policy.ts';
import { samplesWith } from '../resurveySample.ts';
import { revealBasis } from '../reveal.ts';
import type { Letter } from '../record.ts';
import type { WriterIdentity } from '../writerModel.ts';
import type { Bench, Field } from './act.ts';
import { filesOf } from './files.ts';
import { answerFor, lettersNear } from './nearby.ts';
import { actNamed, likelyOf, offersFor, seldomActs, type ActName } from './offers.ts';
import { publishModel } from './publishDesk.ts';
import { letterPath } from './rows.ts';
import { sideFacts, supervisionView } from './sideView.ts';
import { listTemplates } from './templateModel.ts';
import { topicOptions } from './topics.ts';
import { baseOf, colleaguesWriting, savedMeanwhile, typedBefore } from './typing.ts';
import { trailLines } from './trailView.ts';
import { boxWord, dueWords, kindWord, markTone, sayIn, stateTone, stateWord, type Say } from './words.ts';

/** The letter of an address, by number or (from older links) identifier; 404 when it is not theirs to see. */
export async function letterAt(actor: Actor, given: string): Promise<Letter> {
  const letter = (await letterByNumber(given)) ?? (await letterById(given));
  if (!letter || !canRead(actor, letter)) throw notFound('mailbox.errors.no-letter');
  return letter;
}

/** Everything the workbench knows before an act is chosen. */
export async function benchFor(actor: Actor, letter: Letter, asked: Record<string, unknown>): Promise<Bench> {
  if (actor.kind !== 'staff') throw forbidden();
  const { language } = actor;
  return {
    actor,
    letter,
    language,
    say: sayIn(language),
    at: now(),
    calendar: await workingCalendar(),
    parties: partiesOf(actor, letter),
    departments: await listDepartments(),
    samples: await samplesWith(letter._id),
    asked: { ...asked, topics: await topicOptions(actor) },
  };
}

interface Shown {
  /** The act whose form was sent and refused, with what was typed. */
  act?: string | undefined;
  typed?: Record<string, unknown> | undefined;
  refusal?: Refusal | undefined;
  writer?: WriterIdentity | null | undefined;
}

/** The page of one letter for one person. */
export async function workbenchModel(bench: Bench, shown: Shown = {}) {
  const { letter, language, say, at, calendar, actor } = bench;
  const offers = offersFor(bench);
  const chosen = chosenAct(bench, offers, shown);
  const near = await lettersNear(actor, letter);
  const path = letterPath(letter.number);
  return {
    layout: 'office',
    title: letter.title,
    path,
    letter: headOf(letter, bench),
    due: dueWords(letter.laterDueAt ?? letter.dueAt, at, calendar, say),
    ...actLinks(offers, chosen, path, say),
    form: chosen ? await formOf(bench, chosen, shown) : null,
    unsent: shown.act && shown.act !== chosen ? longTyped(shown.typed) : [],
    publish:
      chosen === 'publish'
        ? publishModel(letter, shown.typed ?? (await typedBefore(actor, letter, 'publish'))?.texts)
        : null,
    help: chosen === 'reply' ? await replyHelp(bench, near.answered, path) : null,
    duplicates: offers.includes('link')
      ? near.duplicates.map(({ letter: other, likeness }) => nearRow(other, likeness, path, bench))
      : [],
    original: await originalOf(actor, letter),
    files: await filesOf(letter, actor.language),
    inquiries: letter.inquiries,
    opinions: letter.assisting
      .filter(({ opinion }) => letter.open || opinion)
      .map(({ name, opinion, clock }) => ({
        name: nameInLanguage(name, language),
        opinion,
        dueAt: clock.deadline.dueAt,
      })),
    draft: chosen === 'reply' || chosen === 'sign-off' ? null : letter.draft,
    formerDrafts: (letter.formerDrafts ?? []).map((one) => ({ ...one, byName: one.by.name })),
    remarks: letter.remarks.toReversed(),
    replies: letter.replies.toReversed().map((reply) => ({
      ...reply,
      departmentName: nameInLanguage(reply.departmentName, language),
      signedName: reply.signedBy.name,
      draftedName: reply.draftedBy.name,
    })),
    publicVersion: letter.publicVersion,
    publicHref: letter.visibility === 'private' ? '' : `/letters/${letter.number}`,
    clocks: letter.clocks.map((clock) => clockView(clock, bench)),
    trail: trailLines(letter, language),
    facts: sideFacts(letter, bench),
    supervision: supervisionView(letter, bench),
    reveal: await revealBasis(actor, letter),
    revealPath: revealPath(bench, path, chosen),
    writer: shown.writer ?? null,
    errors: errorsOf(shown.refusal),
    refused: shown.refusal?.status === 409,
  };
}

/** Looking at who wrote leaves the form open that they look for; who calls finds the number in it. */
function revealPath({ asked }: Bench, path: string, chosen: ActName | undefined): string {
  const query = new URLSearchParams(chosen ? { do: chosen } : {});
  if (typeof asked['sample'] === 'string') query.set('sample', asked['sample']);
  return `${path}/reveal?${query.toString()}#${chosen === 'resurvey' ? 'act' : 'writer'}`;
}

/** The acts as links: what moves the letter on stands open, what is done seldom is folded when there is enough of it. */
function actLinks(offers: readonly ActName[], chosen: ActName | undefined, path: string, say: Say) {
  const link = (name: ActName) => ({
    href: `${path}?do=${name}#act`,
    text: say(`acts.${name}.name`),
    current: name === chosen,
  });
  const seldom = offers.length > mostOpenActs ? offers.filter((name) => seldomActs.includes(name)) : [];
  const folded = seldom.length > 1 && seldom.length < offers.length ? seldom : [];
  return {
    acts: offers.filter((name) => !folded.includes(name)).map(link),
    seldom: folded.map(link),
    seldomOpen: chosen !== undefined && folded.includes(chosen),
  };
}
const mostOpenActs = 4;

function chosenAct(bench: Bench, offers: readonly ActName[], { act }: Shown): ActName | undefined {
  const { asked } = bench;
  const wished = act ?? (typeof asked['do'] === 'string' ? asked['do'] : '');
  return offers.find((name) => name === wished) ?? likelyOf(offers, bench);
}

const headOf = (letter: Letter, { language, say }: Bench) => ({
  number: letter.number,
  version: letter.version,
  state: { tone: stateTone(letter.state), text: stateWord(letter.state, language) },
  kind: kindWord(letter.kind, language),
  box: boxWord(letter.box, language),
  channel: say(`channels.${letter.channel}`),
  urgent: letter.urgency === 'normal' ? '' : say(`urgencies.${letter.urgency}`),
  marks: letter.marks.map((mark) => ({ tone: markTone(mark), text: say(`marks.${mark}`) })),
  title: letter.title,
  body: letter.body,
  numbers: numberKinds(letter.title, letter.body),
  submittedAt: letter.submittedAt,
});

/** The form of an act, filled with what stands on the letter or what was typed before. */
async function formOf(given: Bench, name: ActName, { act, typed }: Shown) {
  const { say, letter, actor, asked } = given;
  const definition = actNamed(name);
  const again = act === name ? typed : undefined;
  const before = await typedBefore(actor, letter, name);
  // Whoever takes the colleague's draft finds their own beside it
  const own = asked['take'] === 'theirs' ? undefined : before?.texts;
  const bench: Bench = own ? { ...given, typed: own } : given;
  const isTaking = typeof asked['template'] === 'string' || typeof asked['from'] === 'string';
  const fields = (await definition?.fields?.(bench)) ?? [];
  const shown = again ?? (isTaking ? undefined : own);
  const text = typeof shown?.['text'] === 'string' ? shown['text'] : undefined;
  const written = name === 'publish' || fields.some(({ type }) => type !== 'hidden' && type !== 'note');
  const theirs = savedMeanwhile(actor, letter, name, text, again ? String(again['base'] ?? '') : before?.base);
  return {
    name,
    typing: written ? `${letterPath(letter.number)}/${name}/typing` : '',
    base: baseOf(letter, name),
    writing: written ? (await colleaguesWriting(actor, letter, name)).join(say('trail-comma')) : '',
    theirs: theirs && {
      ...theirs,
      name: theirs.by.name,
      href: `${letterPath(letter.number)}?do=${name}&take=theirs#act`,
    },
    earlier: [...(own ? [] : longTyped(before?.texts)), ...(before?.earlier ?? []).flatMap(longTyped)],
    action: `${letterPath(letter.number)}/${name}`,
    title: say(`acts.${name}.name`),
    text: say(`acts.${name}.text`),
    fields: fields.map((field) => filled(field, shown)),
    buttons: definition?.then
      ? definition.then
          .map((value, index) => ({
            value,
            text: say(`acts.${name}.then.${value}`),
            kind: index === (definition.then?.length ?? 0) - 1 ? '' : 'secondary',
          }))
          .reverse()
      : [{ value: '', text: say(`acts.${name}.do`), kind: '' }],
  };
}

/** The texts among what was typed that cost somebody work. */
const longTyped = (typed: Readonly<Record<string, unknown>> | undefined): string[] =>
  Object.entries(typed ?? {}).flatMap(([name, text]) =>
    ['text', 'reason', 'remark', 'note'].includes(name) && typeof text === 'string' && text.trim() !== '' ? [text] : [],
  );

const blank = {
  label: '',
  hint: '',
  value: '' as string | readonly string[],
  options: [],
  rows: 4,
  max: 0,
  optional: false,
};
function filled(field: Field, typed: Record<string, unknown> | undefined) {
  const value = typed?.[field.name];
  const given = typeof value === 'string' || Array.isArray(value) ? { value: value as string } : {};
  return { ...blank, ...field, ...given };
}

async function replyHelp(
  { actor, letter, language }: Bench,
  answered: Awaited<ReturnType<typeof lettersNear>>['answered'],
  path: string,
) {
  const templates = await listTemplates(letter.subject);
  return {
    templates: templates.map(({ _id, title, text }) => ({ title, text, href: `${path}?do=reply&template=${_id}#act` })),
    answers: answered.map(({ letter: other, likeness }) => ({
      title: other.publicVersion?.title ?? other.title,
      department: nameInLanguage(other.replies.at(-1)?.departmentName ?? other.facts.departmentName, language),
      text: answerFor(actor, other),
      percent: Math.round(likeness * 100),
      href: `${path}?do=reply&from=${other.number}#act`,
    })),
  };
}

const nearRow = (other: Letter, likeness: number, path: string, { language }: Bench) => ({
  href: letterPath(other.number),
  number: other.number,
  title: other.title,
  state: stateWord(other.state, language),
  percent: Math.round(likeness * 100),
  linkHref: `${path}?do=link&original=${other.number}#act`,
});

async function originalOf(actor: Staff, { duplicateOf }: Letter) {
  const original = duplicateOf ? await LetterModel.findById(duplicateOf).lean<Letter>() : null;
  return original && canRead(actor, original) ? { number: original.number, href: letterPath(original.number) } : null;
}

const toneOfClock = {
  running: 'active',
  paused: 'stopped',
  overdue: 'overdue',
  'in-time': 'done',
  late: 'overdue',
  open: 'active',
  over: 'stopped',
} as const;

/** One clock with its deadline explained day by day. */
function clockView(clock: StageClock, { language, say, at, letter }: Bench) {
  // A window is a right, not a duty: open or over, never kept or missed
  const isOpen = clock.endedAt === null && (clock.deadline.dueAt ?? at) > at;
  const state = clock.stage !== 'return' ? stateOfClock(clock, at, letter.laterDueAt) : isOpen ? 'open' : 'over';
  const explanation = explanationView(explainClock(clock), language);
  return {
    name: say(`stages.${clock.stage}`),
    state: { tone: toneOfClock[state], text: say(`clock-states.${state}`) },
    startedAt: clock.startedAt,
    endedAt: clock.endedAt,
    ...explanation,
  };
}
