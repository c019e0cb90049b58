import { addWorkingDays, cityDay, cityMoment, type WorkingCalendar } from '../kernel/calendar.ts';
import { isOnTime } from '../kernel/clock.ts';
import { handlingDays } from '../kernel/clockExplanation.ts';
import { conflict } from '../kernel/errors.ts';
import { end, latest, stageFacts } from './clocks.ts';
import { tellWriter } from './notices.ts';
import type { Facts, Letter } from './record.ts';
import { closeAfterDays, ratingReminderDays } from './settings.ts';

/** What releasing a signed reply writes: the reply, the ended clocks and the facts that statistics will read. */
export function releaseChange(letter: Letter, at: Date, calendar: WorkingCalendar) {
  const { draft, signature, lead } = letter;
  if (!draft || !signature || !lead) throw conflict('mailbox.errors.not-in-this-state');
  const clocks = end(letter.clocks, at);
  const reply = {
    round: letter.round,
    text: draft.text,
    draftedBy: draft.by,
    signedBy: signature.by,
    departmentId: lead.departmentId,
    departmentName: lead.name,
    releasedAt: at,
  };
  const today = cityDay(at);
  const inDays = (days: number) => cityMoment(addWorkingDays(calendar, today, days), '09:00');
  const set: Partial<Letter> = {
    clocks,
    replies: [...letter.replies, reply],
    draft: null,
    signature: null,
    repliedAt: at,
    ratingReminderAt: inDays(ratingReminderDays.value()),
    closeAt: inDays(closeAfterDays.value()),
    facts: factsAtRelease({ ...letter, clocks }, at, calendar),
  };
  return { set, tell: [tellWriter(letter, 'replied', calendar, { department: lead.name })] };
}

/** The first reply decides whether the letter was on time; a second round adds its stages only. */
function factsAtRelease(letter: Letter, at: Date, calendar: WorkingCalendar): Facts {
  const { facts } = letter;
  const stages = stageFacts([...letter.pastClocks, ...letter.clocks]);
  const answer = latest(letter.clocks, 'answer');
  if (facts.repliedAt || !answer) return { ...facts, stages };
  const { acceptedAt } = facts;
  return {
    ...facts,
    stages,
    repliedAt: at,
    answerDueAt: answer.deadline.dueAt,
    onTime: isOnTime(answer, at),
    handlingDays: acceptedAt ? handlingDays(calendar, acceptedAt, at, answer.pauses, answer.rule.closesAt) : null,
  };
}
