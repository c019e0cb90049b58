import { beforeAll, describe, expect, it } from '@jest/globals';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { announceInterview } from '../../src/interview/actions/announceInterview.ts';
import { archiveInterview } from '../../src/interview/actions/archiveInterview.ts';
import { askQuestion } from '../../src/interview/actions/askQuestion.ts';
import { assignRole, revokeRole } from '../../src/interview/actions/assignRole.ts';
import { claimQuestion } from '../../src/interview/actions/claimQuestion.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { correctTurn } from '../../src/interview/actions/correctTurn.ts';
import { createInterview } from '../../src/interview/actions/createInterview.ts';
import { decideMany } from '../../src/interview/actions/decideMany.ts';
import { editInterview } from '../../src/interview/actions/editInterview.ts';
import { editQuestion } from '../../src/interview/actions/editQuestion.ts';
import { findSimilar } from '../../src/interview/actions/findSimilar.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { postNotice, withdrawNotice } from '../../src/interview/actions/postNotice.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { reconsiderQuestion } from '../../src/interview/actions/reconsiderQuestion.ts';
import { rejectQuestion } from '../../src/interview/actions/rejectQuestion.ts';
import { releaseQuestion } from '../../src/interview/actions/releaseQuestion.ts';
import { removeTurn, restoreTurn } from '../../src/interview/actions/removeTurn.ts';
import { saveAnswerDraft } from '../../src/interview/actions/saveAnswerDraft.ts';
import { setPhase } from '../../src/interview/actions/setPhase.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { undoDecision, unmergeQuestion } from '../../src/interview/actions/undoDecision.ts';
import { interviewMoves, interviewStates, isOpenTo, isPublic } from '../../src/interview/interview.ts';
import { isPublicQuestion, questionMoves, questionStates } from '../../src/interview/question.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { useDatabase } from '../support/database.ts';
import { actorFor, guestActor, makeCitizen, makeDepartment, makeStaff } from '../support/identity.ts';
import { interviewModels, makeInterview, outcome, type TestInterview } from '../support/interview.ts';

useDatabase(interviewModels);

describe('the rules as tables', () => {
  it('an interview goes one way, but for a start by mistake', () => {
    const moves = Object.entries(interviewMoves).map(([name, { from, to }]) => `${name}: ${from.join()} → ${to}`);
    expect(moves).toEqual([
      'announce: draft → announced',
      'start: announced → live',
      'unstart: live → announced',
      'close: live → closed',
      'archive: closed → archived',
    ]);
    expect(interviewStates.filter(isPublic)).toEqual(['announced', 'live', 'closed', 'archived', 'cancelled']);
  });
  it.each([
    ['ask', 'announced live'],
    ['support', 'announced live'],
    ['screen', 'announced live closed'],
    ['draft', 'announced live closed'],
    ['answer', 'live closed'],
    ['record', 'draft announced live closed'],
    ['release', 'live closed'],
    ['correct', 'closed'],
    ['confirm', 'closed archived'],
    ['direct', 'live'],
    ['edit', 'draft announced'],
    ['staff', 'draft announced live closed'],
  ] as const)('%s is open in: %s', (deed, states) => {
    expect(interviewStates.filter((state) => isOpenTo(deed, state)).join(' ')).toBe(states);
  });
  it('a question goes from received to a decision and an answer', () => {
    const moves = Object.entries(questionMoves).map(([name, { from, to }]) => `${name}: ${from.join()} → ${to}`);
    expect(moves).toEqual([
      'claim: received,screening → screening',
      'release: screening → received',
      'publish: received,screening → published',
      'reject: received,screening → rejected',
      'reconsider: published,rejected → screening',
      'merge: received,screening,published → merged',
      'answer: published,answered → answered',
      'hide: published,answered → hidden',
      'show: hidden → published',
      'withdraw: received,screening → withdrawn',
    ]);
    expect(questionStates.filter(isPublicQuestion)).toEqual(['published', 'answered']);
  });
});

type Verb = (actor: Actor, input: unknown) => Promise<unknown>;
const everybody = [
  'visitor',
  'citizen',
  'host',
  'guest',
  'screener',
  'recorder',
  'director',
  'head',
  'handler',
  'clerk',
  'supervisor',
  'administrator',
  'other-head',
  'other-clerk',
] as const;
type Somebody = (typeof everybody)[number];
const people = {} as Record<Somebody, Actor>;
let interview: TestInterview;

beforeAll(async () => {
  interview = await makeInterview('live');
  const other = await makeDepartment();
  const withRole = async (role: 'head' | 'handler' | 'clerk' | 'supervisor' | 'administrator', departmentId?: string) =>
    actorFor(await makeStaff({ roles: [departmentId ? { role, departmentId } : role] }));
  Object.assign(people, interview.people, {
    visitor: guestActor(),
    citizen: await makeCitizen(),
    head: await withRole('head', interview.departmentId),
    handler: await withRole('handler', interview.departmentId),
    clerk: await withRole('clerk'),
    supervisor: await withRole('supervisor'),
    administrator: await withRole('administrator'),
    'other-head': await withRole('head', other.id),
    'other-clerk': await withRole('clerk', other.id),
  });
});

/** Inputs that parse but name a question that is not there: past the policy there is a 404 or a conflict, before it a 403. */
const nothing = newId();
const organisers = ['head', 'handler', 'clerk'] as const;
const table: [string, Verb, readonly Somebody[]][] = [
  ['ask', askQuestion, ['visitor', 'citizen']],
  ['support', supportQuestion, ['visitor', 'citizen']],
  ['claim', claimQuestion, ['screener']],
  ['release', releaseQuestion, ['screener']],
  ['publish', publishQuestion, ['screener']],
  ['edit a question', editQuestion, ['screener']],
  ['reject', rejectQuestion, ['screener']],
  ['reconsider', reconsiderQuestion, ['screener']],
  ['merge', mergeQuestion, ['screener']],
  ['undo', undoDecision, ['screener']],
  ['take a merge apart', unmergeQuestion, ['screener']],
  ['pass on', passQuestion, ['screener']],
  ['decide on several', decideMany, ['screener']],
  ['find similar ones', findSimilar, ['screener']],
  ['save a draft', saveAnswerDraft, ['guest']],
  ['publish an answer', publishAnswer, ['guest']],
  ['correct a turn', correctTurn, ['recorder']],
  ['remove a turn', removeTurn, ['recorder']],
  ['restore a turn', restoreTurn, ['recorder']],
  ['add a turn', addTurn, ['recorder']],
  ['phase', setPhase, ['host']],
  ['stage', setStage, ['host', 'director']],
  ['notice', postNotice, ['host', 'director']],
  ['withdraw a notice', withdrawNotice, ['host', 'director']],
  ['edit', editInterview, organisers],
  ['create', createInterview, organisers],
  ['assign', assignRole, organisers],
  ['revoke', revokeRole, organisers],
  ['announce', announceInterview, organisers],
  ['start', startInterview, ['host', ...organisers]],
  ['archive', archiveInterview, organisers],
];

describe('who may do what', () => {
  it.each(table)('%s', async (_name, verb, allowed) => {
    const input = {
      interviewId: interview.id,
      departmentId: interview.departmentId,
      questionId: nothing,
      questionIds: [nothing],
      intoId: newId(),
      to: '',
      act: 'publish',
      turnId: nothing,
      noticeId: nothing,
      guestId: interview.guestId,
      speakerId: 'nobody',
      version: 9,
      reason: 'off-topic',
      phase: 'answering',
      role: 'director',
      personId: nothing,
      topic: '谁可以建立一场访谈',
      startsAt: new Date(),
      plannedMinutes: 60,
      guests: [{ name: '甲', title: '局长' }],
      text: '请问这件事什么时候能办好？',
      formKey: newId(16),
    };
    const passed: Somebody[] = [];
    for (const who of everybody) {
      const result = await outcome(verb(people[who], input));
      if (!result.startsWith('forbidden')) passed.push(who);
      if (!allowed.includes(who)) expect(`${who}: ${result}`).toMatch(/: forbidden /);
    }
    expect(passed.sort()).toEqual([...allowed].sort());
  });

  it('close', async () => {
    for (const who of everybody) {
      const mine = await makeInterview('live');
      const may = ['clerk'].includes(who);
      expect(`${who} ${await outcome(closeInterview(people[who], { interviewId: mine.id }))}`).toBe(
        `${who} ${may ? 'done' : 'forbidden interview.errors.not-your-role'}`,
      );
    }
    expect(await outcome(closeInterview(people.host, { interviewId: interview.id }))).toBe('done');
  });

  it('a draft is not there for those who do not prepare it', async () => {
    const draft = await makeInterview('draft');
    const refused = 'not-found interview.errors.not-found';
    expect(await outcome(setPhase(people.visitor, { interviewId: draft.id, phase: 'break' }))).toBe(refused);
    expect(await outcome(announceInterview(people['other-head'], { interviewId: draft.id }))).toBe(refused);
    expect(await outcome(announceInterview(people.clerk, { interviewId: draft.id, confirmed: 'yes' }))).toBe('done');
  });
});
