import { DateTime } from 'luxon';
import type { Actor } from '../kernel/actor.ts';
import { cityZone, now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { departmentName, listDepartments } from '../organization/index.ts';
import { deskLinks } from './desks/desk.ts';
import { accessPanel } from './access/view.ts';
import { approvalAfterChange, lacksApproval, shortNotice } from './approval/approval.ts';
import { approvalPanel, approvalTones } from './approval/view.ts';
import { changeToTell, interviewMoves, interviewRoles, isOpenTo, type InterviewMove } from './interview.ts';
import type { Guest, Interview } from './interviewModel.ts';
import { invitationsPanel } from './invitations/view.ts';
import { everyStaffMember } from './people.ts';
import { canOrganise, canOrganiseIn, canOrganiseSomewhere, canRun, canSteer } from './policy.ts';
import { ratingComments, ratingOf } from './rating/ratingModel.ts';
import { roleField } from './actions/assignRole.ts';
import { ownRoleNames, roleName } from './roleNames.ts';
import { reviewsAnswers } from './review/settle.ts';
import { interviewsFor } from './queries.ts';
import { announceDaysAhead, answerReview } from './settings.ts';
import { listRow, present } from './views.ts';
import { endingPanel, owedPanel } from './closing/endingView.ts';
import { mayTakeBackStart } from './closing/takenBack.ts';
import { writeDate } from '../web/views/timeWords.ts';

/** The page /office/interviews: what this official organises or works in. */
export async function officeList(actor: Actor) {
  const interviews = await interviewsFor(actor);
  return {
    layout: 'office',
    title: translate(actor.language, 'interview.office.title'),
    mayCreate: canOrganiseSomewhere(actor),
    interviews: interviews.map((interview) => ({
      ...listRow(interview, actor.language),
      href: `/office/interviews/${interview._id}`,
      roles: ownRoleNames(actor, interview),
      approval:
        interview.state === 'draft' && interview.approval
          ? { state: interview.approval.state, tone: approvalTones[interview.approval.state] }
          : null,
    })),
  };
}

/** The way here: the list, the interview when we are below it, this page. */
function crumbs(actor: Actor, interview: Interview | null, here: string) {
  const list = { href: '/office/interviews', text: translate(actor.language, 'interview.office.title') };
  const above = interview ? [{ href: `/office/interviews/${interview._id}`, text: interview.topic }] : [];
  return [list, ...above, { text: here }];
}

const spareGuests = 3;
const asField = (moment: Date) => DateTime.fromJSDate(moment, { zone: cityZone }).toFormat("yyyy-MM-dd'T'HH:mm");

/** The form for a new interview or for changing one; `typed` is what was sent when it is shown again. */
export async function interviewForm(actor: Actor, interview: Interview | null, typed?: Record<string, unknown>) {
  const [departments, people] = await Promise.all([listDepartments(), everyStaffMember()]);
  const userNames = new Map(people.map(({ id, userName }) => [id, userName]));
  const own = departments.filter(({ path }) => canOrganiseIn(actor, path));
  const soon = DateTime.fromJSDate(now(), { zone: cityZone }).plus({ days: announceDaysAhead.value() + 1 });
  const stored = interview
    ? { ...interview, startsAt: asField(interview.startsAt), plannedMinutes: String(interview.plannedMinutes) }
    : { startsAt: soon.set({ hour: 15, minute: 0 }).toFormat("yyyy-MM-dd'T'HH:mm"), plannedMinutes: '90' };
  const guests = typed ? guestRows(typed) : (interview?.guests ?? []).map((guest) => storedGuest(guest, userNames));
  const blank = { id: '', name: '', title: '', person: '' };
  const shown = [...guests, ...Array.from({ length: spareGuests }, () => blank)].slice(0, 12);
  const title = translate(actor.language, interview ? 'interview.form.edit' : 'interview.form.new');
  return {
    layout: 'office',
    title,
    approvalVoid: Boolean(interview && approvalAfterChange(actor, interview).approval !== (interview.approval ?? null)),
    crumbs: crumbs(actor, interview, title),
    back: interview ? `/office/interviews/${interview._id}` : '/office/interviews',
    action: interview ? `/office/interviews/${interview._id}/edit` : '/office/interviews',
    interview: interview ? present(interview, actor.language) : null,
    values: {
      topic: '',
      summary: '',
      background: '',
      departmentId: own.length === 1 ? own[0]?.id : '',
      version: interview?.version ?? 0,
      ...stored,
      ...typed,
    },
    departments: own.map((one) => ({ value: one.id, label: departmentName(one, actor.language) })),
    guests: shown.map((guest, index) => ({ ...guest, index: index + 1 })),
    people,
  };
}

const storedGuest = (guest: Guest, userNames: ReadonlyMap<string, string>) => ({
  id: guest.id,
  name: guest.name,
  title: guest.title,
  person: guest.personId ? (userNames.get(guest.personId) ?? '') : '',
});

/** Takes the repeated fields of the form; gives one entry for each guest with anything in it. */
export function guestRows(body: Record<string, unknown>) {
  const column = (name: string) => [body[name] ?? []].flat().map((value) => String(value).trim());
  const [ids, names, titles, persons] = ['guestId', 'guestName', 'guestTitle', 'guestPerson'].map(column) as [
    string[],
    string[],
    string[],
    string[],
  ];
  return names
    .map((name, index) => ({ id: ids[index] ?? '', name, title: titles[index] ?? '', person: persons[index] ?? '' }))
    .filter(({ name, title }) => name !== '' || title !== '');
}

const moves: { move: InterviewMove; may: (actor: Actor, interview: Interview) => boolean }[] = [
  { move: 'announce', may: canOrganise },
  { move: 'start', may: canRun },
  { move: 'close', may: canRun },
  { move: 'archive', may: canOrganise },
];

const commentsAtFirst = 10;
const trailAtFirst = 10;
const trailAtMost = 60;

/** Ratings for the organiser, or null while there are none. */
async function ratingShown(interviewId: string) {
  const rating = await ratingOf(interviewId);
  return rating.count > 0 ? rating : null;
}

/** The page /office/interviews/:id: state, next step, people, desks, what happened. */
export async function officePage(actor: Actor, interview: Interview) {
  const organiser = canOrganise(actor, interview);
  const comments = organiser ? await ratingComments(interview._id) : [];
  const trail = interview.trail.toReversed().slice(0, trailAtMost);
  const next = moves.find(
    ({ move, may }) =>
      interviewMoves[move].from.some((from) => from === interview.state) &&
      may(actor, interview) &&
      !(move === 'announce' && lacksApproval(actor, interview)),
  );
  return {
    layout: 'office',
    crumbs: crumbs(actor, null, interview.topic),
    interview: present(interview, actor.language),
    organiser,
    mayEdit: organiser && isOpenTo('edit', interview.state),
    mayStaff: organiser && isOpenTo('staff', interview.state),
    people: organiser ? await everyStaffMember() : [],
    next: next?.move ?? null,
    /** There is hardly a way back from it: asked twice. */
    final: next !== undefined && next.move !== 'announce',
    ending: next?.move === 'archive' ? await endingPanel(actor, interview) : null,
    owed: organiser ? await owedPanel(actor, interview) : null,
    plannedAt: writeDate(interview.startsAt, 'exact', actor.language),
    mayUnstart: canRun(actor, interview) && (await mayTakeBackStart(interview)),
    short: interview.state === 'draft' ? shortNotice(interview) : null,
    approval: approvalPanel(actor, interview),
    access: accessPanel(actor, interview),
    invitations: organiser && isOpenTo('staff', interview.state) ? await invitationsPanel(actor, interview) : null,
    maySteer: interview.state !== 'cancelled' && canSteer(actor, interview),
    videoAddress: interview.video ?? '',
    missing: interviewRoles.filter(
      (role) =>
        role !== 'director' &&
        role !== 'guest' &&
        (role !== 'reviewer' || reviewsAnswers(interview)) &&
        !interview.roles.some((held) => held.role === role),
    ),
    roles: interviewRoles.map((role) => ({
      role,
      label: roleName(actor.language, role),
      field: roleField(role),
      held: interview.roles.filter((held) => held.role === role),
    })),
    review: interview.reviewAnswers === true ? 'on' : interview.reviewAnswers === false ? 'off' : 'city',
    reviewCity: answerReview.value() ? 'on' : 'off',
    mayPutOff: organiser && interview.state === 'announced',
    newStart: asField(interview.startsAt),
    mayCopy: organiser,
    change: changeToTell(interview),
    rating: organiser ? await ratingShown(interview._id) : null,
    comments: comments.slice(0, commentsAtFirst),
    moreComments: comments.slice(commentsAtFirst),
    desks: deskLinks(actor, interview),
    trail: trail.slice(0, trailAtFirst),
    earlier: trail.slice(trailAtFirst),
    base: `/office/interviews/${interview._id}`,
  };
}
