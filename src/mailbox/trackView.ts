import type { Actor } from '../kernel/actor.ts';
import type { Language } from '../kernel/language.ts';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { uploadsOf } from '../platform/uploads/store.ts';
import { running } from './clocks.ts';
import { satisfactions, type LetterState } from './letter.ts';
import type { Letter } from './record.ts';
import type { TrailEntry } from './trailRecord.ts';
import { isPossible, transitions } from './transitions.ts';
import { contactOf } from './trackContact.ts';
import { awaitedClock, trackedClocks } from './trackClocks.ts';
import { whereItIs, type WriterAct } from './trackNow.ts';
import { fileOwner } from './namedFiles.ts';
import { nameInLanguage } from '../organization/index.ts';

/** Tone of the status mark of each state. */
export const stateTones: Record<LetterState, string> = {
  submitted: 'waiting',
  declined: 'stopped',
  accepted: 'active',
  assigned: 'active',
  returned: 'active',
  drafted: 'active',
  'signed-off': 'active',
  replied: 'done',
  closed: 'done',
  withdrawn: 'stopped',
};

/** What the writer is told of the trail: steps in plain words, no names of officials. */
function toldTrail(letter: Letter, language: Language) {
  const told = letter.trail.filter(
    ({ verb }) =>
      verb === 'submit-letter' ||
      (verb in transitions && transitions[verb as keyof typeof transitions].told) ||
      (verb === 'sign-off' && letter.replies.length > 0 && letter.state === 'replied'),
  );
  const steps = told
    .filter(({ verb, to }) => verb !== 'sign-off' || to === 'replied')
    .map((entry) => ({ text: sentence(entry, language), at: entry.at, note: noteOf(entry) }));
  const last = steps.at(-1);
  return steps.map((step) => ({ ...step, current: step === last }));
}

function sentence({ verb, data }: TrailEntry, language: Language): string {
  const key = verb === 'sign-off' ? 'release' : verb;
  return translate(language, `mailbox.track.steps.${key}`, {
    department: nameInLanguage(String(data?.['department'] ?? ''), language),
    name: data?.['name'] ?? '',
  });
}

/** Only what was said to the writer, or by them. */
const noteOf = ({ verb, note }: TrailEntry): string =>
  ['decline', 'ask', 'refuse-rehandling', 'rate', 'ask-rehandling'].includes(verb) ? (note ?? '') : '';

/** The page of one letter for its writer: where it is, who has it, by when, and what they can do now. */
export async function trackPage(actor: Actor, letter: Letter) {
  const { language } = actor;
  const attachments = await uploadsOf(fileOwner(letter._id));
  const inquiry = letter.inquiries.find(({ answer }) => answer === null);
  const until = running(letter.clocks, 'supplement')?.deadline.dueAt ?? null;
  const acts = writerActsOf(letter);
  const can = (act: WriterAct) => acts.includes(act);
  const awaited = letter.open && !inquiry ? awaitedClock(letter) : undefined;
  const dueAt = awaited?.deadline.dueAt ?? null;
  return {
    contact: await contactOf(letter, language),
    now: whereItIs(letter, acts, language),
    clocks: trackedClocks(letter, language),
    letter: {
      number: letter.number,
      title: letter.title,
      body: letter.body,
      kind: letter.kind,
      submittedAt: letter.submittedAt,
      state: letter.state,
      tone: stateTones[letter.state],
      department: nameInLanguage(letter.lead?.name ?? '', language),
      dueAt,
      dueOf: awaited?.stage ?? 'accept',
      provisional: awaited?.deadline.provisional ?? false,
      overdue: dueAt !== null && dueAt < now(),
      declineReason: letter.declineReason,
      mayPublish: letter.mayPublish,
      isPublic: letter.visibility !== 'private',
    },
    files: attachments.map(({ _id, name, size, scan }) => ({
      held: scan === 'waiting' || scan === 'infected' ? translate(language, `uploads.states.${scan}`) : '',
      href: `/letters/track/${letter.number}/files/${_id}`,
      name,
      kilobytes: Math.max(1, Math.round(size / 1024)),
    })),
    replies: letter.replies.map(({ text, departmentName, releasedAt, round }) => ({
      text,
      department: nameInLanguage(departmentName, language),
      at: releasedAt,
      again: round > 1,
    })),
    inquiries: letter.inquiries.map(({ text, at, answer }) => ({ text, at, answer: answer?.text ?? '' })),
    trail: toldTrail(letter, language),
    ask: inquiry ? { text: inquiry.text, until } : null,
    rate: can('rate')
      ? { options: ratingOptions(language), solved: solvedOptions(language), until: letter.closeAt }
      : null,
    rating: letter.rating && {
      satisfaction: letter.rating.satisfaction,
      solved: letter.rating.solved ? 'yes' : 'no',
      reason: letter.rating.reason,
    },
    // What was said with the rating need not be typed again
    rehandle: can('ask-rehandling') ? { reason: letter.rating?.reason ?? '', until: letter.closeAt } : null,
    rehandling: letter.rehandling,
    withdraw: can('withdraw'),
  };
}

/** What the writer can do now, the most needed first. */
export function writerActsOf(letter: Letter): WriterAct[] {
  const possible = (verb: WriterAct) => isPossible(verb, letter.state);
  const dissatisfied = letter.rating?.satisfaction === 'dissatisfied';
  const acts: (WriterAct | false)[] = [
    possible('supplement') && letter.inquiries.some(({ answer }) => answer === null) && 'supplement',
    possible('rate') && !letter.rating && 'rate',
    possible('ask-rehandling') && dissatisfied && !letter.rehandling && letter.round === 1 && 'ask-rehandling',
    possible('withdraw') && 'withdraw',
  ];
  return acts.filter((act) => act !== false);
}

const ratingOptions = (language: Language) =>
  satisfactions.map((value) => ({ value, label: translate(language, `mailbox.satisfaction.${value}`) }));
const solvedOptions = (language: Language) =>
  ['yes', 'no'].map((value) => ({ value, label: translate(language, `mailbox.solved.${value}`) }));
