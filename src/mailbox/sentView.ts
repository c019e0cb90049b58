import { workingCalendar } from '../calendar/index.ts';
import type { WorkingCalendar } from '../kernel/calendar.ts';
import { startClock } from '../kernel/clock.ts';
import type { Language } from '../kernel/language.ts';
import { canSendTexts } from '../notification/index.ts';
import { running } from './clocks.ts';
import type { Letter } from './record.ts';
import { answerRule, assignRule } from './rules.ts';
import { groupedCode } from './secrets.ts';
import { openIdentity } from './writerModel.ts';
import { reachOf } from './trackContact.ts';

/** By when the answer is there if every step takes all the time it may: acceptance, department, answer. */
export function answerExpectedBy(letter: Letter, calendar: WorkingCalendar): Date | null {
  const accepted = running(letter.clocks, 'accept')?.deadline.dueAt;
  if (!accepted) return null;
  const assigned = startClock('assign', assignRule(letter.urgency), accepted, calendar).deadline.dueAt;
  return assigned && startClock('answer', answerRule(letter), assigned, calendar).deadline.dueAt;
}

/** The page after sending: number and code, what happens by when, and how the writer hears of it. */
export async function sentPage(letter: Letter, code: string, language: Language) {
  const writer = await openIdentity(letter._id);
  return {
    number: letter.number,
    code: groupedCode(code),
    acceptBy: running(letter.clocks, 'accept')?.deadline.dueAt ?? null,
    answerBy: answerExpectedBy(letter, await workingCalendar()),
    reach: reachOf(writer, language, canSendTexts()),
  };
}
