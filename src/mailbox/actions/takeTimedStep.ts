import type { WorkingCalendar } from '../../kernel/calendar.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { cardFor } from '../cards.ts';
import { doerOf } from '../doer.ts';
import { moveLetter } from '../letterModel.ts';
import { moment, tellDepartment } from '../notices.ts';
import type { Letter } from '../record.ts';
import { cardMarks, systemOrder, withMark } from '../supervision.ts';
import type { TimedStep } from '../timedSteps.ts';
import { resumeLetter } from './resumeLetter.ts';

/** 到期提醒与自动发牌: does what the timetable found due; done once, because its key stands on the letter. */
export async function takeTimedStep(
  actor: Actor,
  letter: Letter,
  step: TimedStep,
  calendar: WorkingCalendar,
): Promise<Letter> {
  if (actor.kind !== 'system') throw forbidden();
  const { lead } = letter;
  if (step.kind === 'resume') return resumeLetter(actor, { letterId: letter._id, version: letter.version });
  if (!lead) return letter;
  const timed = [...letter.timed, step.key];
  const data = { department: lead.name, dueAt: moment(step.dueAt) };
  if (step.kind === 'reminder' || step.kind === 'level-reminder') {
    const tell = [tellDepartment(letter, lead.departmentId, 'reminder', calendar, data)];
    return moveLetter(actor, letter, 'remind', { set: { timed }, data, tell });
  }
  const colour = step.kind;
  const [at, by] = [now(), doerOf(actor)];
  const { card, notices } = cardFor(letter, lead, { colour, reason: '', by, at, dueAt: step.dueAt, calendar });
  const cards = [...letter.cards, card];
  const order = colour === 'red' ? systemOrder(letter, 'overdue', at, calendar) : null;
  const marks = cardMarks(letter.marks, cards);
  return moveLetter(actor, letter, 'card', {
    set: {
      timed,
      cards,
      marks: order ? withMark(marks, 'supervised') : marks,
      ...(order ? { orders: [...letter.orders, order.order] } : {}),
    },
    data: { ...data, colour },
    tell: order ? [...notices, order.notice] : notices,
  });
}
