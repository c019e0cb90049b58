import type { WorkingCalendar } from '../kernel/calendar.ts';
import { newId } from '../kernel/id.ts';
import { tellDepartment } from './notices.ts';
import type { Notice } from './notice.ts';
import type { CardColour } from './letter.ts';
import type { Card } from './supervisionRecord.ts';
import type { Doer, Place } from './trailRecord.ts';
import type { Letter } from './record.ts';

interface Given {
  colour: CardColour;
  reason: string;
  by: Doer;
  at: Date;
  dueAt: Date | null;
  calendar: WorkingCalendar;
}

/** A card 黄牌/红牌 for the department that has the letter; on red the department above is told as well. */
export function cardFor(letter: Letter, lead: Place, given: Given): { card: Card; notices: Notice[] } {
  const { colour, reason, by, at, dueAt, calendar } = given;
  const { departmentId, name, path } = lead;
  const kind = colour === 'red' ? 'red-card' : 'yellow-card';
  const above = colour === 'red' && path.length > 2 ? path.at(-2) : undefined;
  const told = above === undefined ? [departmentId] : [departmentId, above];
  return {
    card: {
      id: newId(),
      colour,
      at,
      by,
      departmentId,
      departmentName: name,
      path,
      reason,
      dueAt,
      appeal: null,
      withdrawn: null,
    },
    notices: told.map((id) => tellDepartment(letter, id, kind, calendar, { reason, department: name })),
  };
}
