import type { ClockRule } from '../kernel/clock.ts';
import type { Box, LetterKind, Procedure, Urgency } from './letter.ts';
import * as settings from './settings.ts';

type Unit = ClockRule['unit'];
const rule = (key: string, amount: number, unit: Unit = 'working-days'): ClockRule => ({
  key: `mailbox.${key}`,
  amount,
  unit,
  closesAt: closesAt(),
});

/** End of office hours; a setting that is no time of day counts as 17:00. */
function closesAt(): string {
  const typed = settings.officeClosesAt.value();
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(typed) ? typed : '17:00';
}

/** Time to accept or decline 受理时限. */
export const acceptRule = (): ClockRule => rule('accept-days', settings.acceptDays.value());

/** Time to find a department 交办时限: hours when people are in danger or without water, power, gas, heat. */
export function assignRule(urgency: Urgency): ClockRule {
  if (urgency === 'emergency') return rule('assign-hours-emergency', settings.assignHoursEmergency.value(), 'hours');
  if (urgency === 'utility') return rule('assign-hours-utility', settings.assignHoursUtility.value(), 'hours');
  return rule('assign-days', settings.assignDays.value());
}

/** Window in which a department can return a misdirected letter 退办时限. */
export const returnRule = (): ClockRule => rule('return-days', settings.returnDays.value());

/** Time to answer 答复时限. The procedure goes before the box, the box before the kind. */
export function answerRule(letter: { kind: LetterKind; box: Box; procedure: Procedure }): ClockRule {
  const { kind, box, procedure } = letter;
  if (procedure === 'petition')
    return rule('petition-answer-days', settings.petitionAnswerDays.value(), 'calendar-days');
  if (procedure === 'complex') return rule('answer-days-complex', settings.answerDaysComplex.value());
  if (box === 'leader') return rule('answer-days-leader', settings.answerDaysLeader.value());
  if (box === 'efficiency') return rule('answer-days-efficiency', settings.answerDaysEfficiency.value());
  if (kind === 'consultation') return rule('answer-days-consultation', settings.answerDaysConsultation.value());
  return rule('answer-days-other', settings.answerDaysOther.value());
}

/** Time the writer has to answer a question 补充时限; afterwards the department goes on. */
export const supplementRule = (): ClockRule => rule('supplement-days', settings.supplementDays.value());

/** Most that an extension can add, in units of the answer's rule. */
export const extensionMax = (procedure: Procedure): number =>
  procedure === 'petition' ? settings.petitionExtensionDays.value() : settings.extensionDaysMax.value();

/** An own clock of `days` for a department the letter was passed to. */
export const levelRule = (days: number): ClockRule => rule('level-days', days);

/** Whether the clerk must release what the head signed. */
export const needsRelease = (departmentId: string): boolean =>
  settings.releaseByClerk.value() && !settings.releaseFreeDepartments.value().includes(departmentId);

/** Department that alone keeps the box, or empty. */
export function boxOwner(box: Box): string {
  if (box === 'leader') return settings.ownerLeaderBox.value().trim();
  if (box === 'efficiency') return settings.ownerEfficiencyBox.value().trim();
  return '';
}

/** Whether letters of the box may ever be published. */
export function boxMayBePublic(box: Box): boolean {
  if (box === 'leader') return settings.leaderBoxPublic.value();
  if (box === 'efficiency') return settings.efficiencyBoxPublic.value();
  return true;
}
