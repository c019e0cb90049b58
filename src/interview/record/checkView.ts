import type { Actor } from '../../kernel/actor.ts';
import { translate } from '../../platform/language.ts';
import { deskTabs } from '../desks/desk.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { canOrganise, canRecord, guestsAnsweredBy, holdersOf } from '../policy.ts';
import { present } from '../views.ts';
import type { Proposal } from './checkModel.ts';
import { guestChecks, type GuestCheck } from './checkStates.ts';
import type { OwnPassage } from './passages.ts';

const tones = {
  confirmed: 'done',
  changed: 'active',
  open: 'waiting',
  taken: 'done',
  passed: 'waiting',
  declined: 'stopped',
} as const;

/** What was taken is called so only when it is public: new words of an answer may wait for others first. */
function lookOf({ state, text }: Proposal, { underway }: OwnPassage): 'open' | 'taken' | 'passed' | 'declined' {
  const waits = underway !== null && (underway.original ?? underway.text) === text;
  return state === 'taken' && waits ? 'passed' : state;
}

/** What was proposed for a passage, the last first. */
const proposalsFor = (check: GuestCheck, passage: OwnPassage) =>
  (check.check?.proposals ?? [])
    .filter(({ kind, passageId }) => kind === passage.kind && passageId === passage.id)
    .toReversed()
    .map((proposal) => ({ ...proposal, look: lookOf(proposal, passage) }))
    .map((proposal) => ({ ...proposal, tone: tones[proposal.look] }));

/** Which passage's form is open, and what was typed into it. */
export interface Choice {
  guest?: unknown;
  passage?: unknown;
  typed?: Record<string, unknown>;
}

function guestPart(check: GuestCheck, choice: Choice) {
  return {
    ...check,
    passages: check.passages.map((passage) => {
      const name = `${passage.kind}-${passage.id}`;
      const open = choice.passage === name;
      const typed = open ? choice.typed : undefined;
      return {
        ...passage,
        name,
        href: `?guest=${check.guest.id}&passage=${name}#${name}`,
        form: open ? { text: typed?.['text'] ?? passage.text, note: typed?.['note'] ?? '' } : null,
        proposals: proposalsFor(check, passage),
      };
    }),
    waiting: (check.check?.proposals ?? []).filter(({ state }) => state === 'open').length,
    underway: check.passages.filter(({ underway }) => underway !== null).length,
  };
}

/** What the recorder has to decide: each open proposal beside the words as they are now. */
function toDecide(checks: readonly GuestCheck[]) {
  return checks.flatMap(({ guest, passages, check }) =>
    (check?.proposals ?? [])
      .filter(({ state }) => state === 'open')
      .flatMap((proposal: Proposal) => {
        const passage = passages.find(({ kind, id }) => kind === proposal.kind && id === proposal.passageId);
        return passage ? [{ ...proposal, guest, now: passage.text, version: passage.version }] : [];
      }),
  );
}

/** The page on which guests check the record, the recorder decides what they propose, and organisers see how far it is. */
export async function checkPage(actor: Actor, interview: Interview, choice: Choice) {
  const say = (key: string) => translate(actor.language, key);
  const checks = await guestChecks(interview);
  const own = new Set(guestsAnsweredBy(actor, interview).map(({ id }) => id));
  const mine = checks.filter(({ guest }) => own.has(guest.id));
  const shown = mine.find(({ guest }) => guest.id === choice.guest) ?? mine[0];
  const base = `/office/interviews/${interview._id}`;
  const organiser = canOrganise(actor, interview);
  const recorder = canRecord(actor, interview);
  const over = isOpenTo('confirm', interview.state);
  return {
    layout: 'office',
    title: say('interview-check.title'),
    crumbs: [
      { href: '/office/interviews', text: say('interview.office.title') },
      { href: base, text: interview.topic },
      { text: say('interview-check.title') },
    ],
    deskTabs: deskTabs(actor, interview, 'checking'),
    interview: present(interview, actor.language),
    base: `${base}/checking`,
    over,
    correcting: isOpenTo('correct', interview.state),
    recorder,
    organiser,
    overview: checks.map(({ guest, state, at, by, note, words }) => ({
      guest,
      at,
      by,
      note,
      words,
      tone: tones[state],
      text: say(`interview-check.states.${state}`),
      vouch: organiser && over && state !== 'confirmed' && !own.has(guest.id),
    })),
    decide: recorder ? toDecide(checks) : [],
    guestTabs:
      mine.length > 1
        ? mine.map(({ guest }) => ({
            href: `?guest=${guest.id}`,
            text: guest.name,
            current: guest.id === shown?.guest.id,
          }))
        : null,
    part: shown ? guestPart(shown, choice) : null,
    reviewers: holdersOf(interview, 'reviewer'),
  };
}
