import { booleanSetting, integerSetting, listSetting, textSetting } from '../platform/settings.ts';
import { seededSubjects } from './seededSubjects.ts';

const days = (key: string, value: number, max = 120) =>
  integerSetting(`mailbox.${key}`, { default: value, min: 1, max, unit: 'working-days' });
type Order = Pick<Parameters<typeof integerSetting>[1], 'above' | 'below'>;
const characters = (key: string, value: number, min: number, max: number, order: Order = {}) =>
  integerSetting(`mailbox.${key}`, { default: value, min, max, unit: 'characters', ...order });

/** Close and beginning of office hours; deadlines in days end at the close. */
export const officeClosesAt = textSetting('mailbox.office-closes-at', {
  default: '17:00',
  max: 5,
  says: 'time',
  above: ['mailbox.office-opens-at'],
});
export const officeOpensAt = textSetting('mailbox.office-opens-at', {
  default: '09:00',
  max: 5,
  says: 'time',
  below: ['mailbox.office-closes-at'],
});

export const acceptDays = days('accept-days', 1);
export const assignDays = days('assign-days', 1);
export const assignHoursEmergency = integerSetting('mailbox.assign-hours-emergency', {
  default: 2,
  min: 1,
  max: 72,
  unit: 'hours',
});
export const assignHoursUtility = integerSetting('mailbox.assign-hours-utility', {
  default: 4,
  min: 1,
  max: 72,
  unit: 'hours',
});
export const returnDays = days('return-days', 1);
export const answerDaysConsultation = days('answer-days-consultation', 5);
export const answerDaysOther = days('answer-days-other', 7);
export const answerDaysComplex = days('answer-days-complex', 15);
/** The leader's mailbox 领导信箱 and efficiency complaints 效能投诉 follow rules of their own. */
export const answerDaysLeader = days('answer-days-leader', 7);
export const answerDaysEfficiency = days('answer-days-efficiency', 7);
export const extensionDaysMax = days('extension-days-max', 15);
/** Petitions 信访: calendar days, 信访工作条例 arts 34, 35. */
export const petitionAnswerDays = integerSetting('mailbox.petition-answer-days', {
  default: 60,
  min: 1,
  max: 180,
  unit: 'days',
});
export const petitionExtensionDays = integerSetting('mailbox.petition-extension-days', {
  default: 30,
  min: 1,
  max: 90,
  unit: 'days',
});
/** Part of the lead's time that an assisting department 会办 has, in percent. */
export const assistingShare = integerSetting('mailbox.assisting-share', {
  default: 50,
  min: 10,
  max: 100,
  unit: 'percent',
});
/** After so many working days without an answer of the writer the clock runs again by itself. */
export const supplementDays = days('supplement-days', 10);
export const reminderDaysLeft = days('reminder-days-left', 2, 20);
export const yellowCardDaysLeft = days('yellow-card-days-left', 1, 20);
export const ratingReminderDays = days('rating-reminder-days', 3);
export const closeAfterDays = days('close-after-days', 10);
/** When off, the head's signature sends the reply out. Departments named below need no release either. */
export const releaseByClerk = booleanSetting('mailbox.release-by-clerk', { default: true });
export const releaseFreeDepartments = listSetting('mailbox.release-free-departments', {
  default: [],
  max: 200,
  says: 'department',
});
/** Department whose clerks alone keep a box; empty: the secretariat. */
export const ownerLeaderBox = textSetting('mailbox.owner-leader', { default: '', max: 40, says: 'department' });
export const ownerEfficiencyBox = textSetting('mailbox.owner-efficiency', { default: '', max: 40, says: 'department' });
/** Letters of these boxes are never published. */
export const leaderBoxPublic = booleanSetting('mailbox.leader-may-be-public', { default: true });
export const efficiencyBoxPublic = booleanSetting('mailbox.efficiency-may-be-public', { default: false });
/** Whether a name must be given. */
export const nameRequired = booleanSetting('mailbox.name-required', { default: true });

export const titleLengthMin = characters('title-length-min', 4, 1, 50, { below: ['mailbox.title-length-max'] });
export const titleLengthMax = characters('title-length-max', 60, 20, 200, { above: ['mailbox.title-length-min'] });
export const bodyLengthMin = characters('body-length-min', 10, 1, 500, { below: ['mailbox.body-length-max'] });
export const bodyLengthMax = characters('body-length-max', 5000, 500, 20_000, { above: ['mailbox.body-length-min'] });
export const replyLengthMax = characters('reply-length-max', 10_000, 500, 30_000);
export const reasonLengthMin = characters('reason-length-min', 5, 1, 100);
export const attachmentsMax = integerSetting('mailbox.attachments-max', { default: 5, min: 0, max: 20 });
export const assistingMax = integerSetting('mailbox.assisting-max', { default: 8, min: 0, max: 30 });
/** Subject classes 主题分类; letters carry the name as it stands here. */
export const subjectClasses = listSetting('mailbox.subject-classes', {
  max: 200,
  default: Object.keys(seededSubjects),
});
/** What a class is called on English pages: `教育 = Education`, one a line; a class without a line keeps its name. */
export const subjectClassesEnglish = listSetting('mailbox.subject-classes-english', {
  max: 200,
  default: Object.entries(seededSubjects).map(([name, english]) => `${name} = ${english}`),
});
/** Reasons for declining, from which a clerk chooses. */
export const declineReasons = listSetting('mailbox.decline-reasons', {
  max: 50,
  default: [
    '不属于本市政府职责范围',
    '已进入诉讼、仲裁或行政复议程序',
    '内容不清，无法核实且无法联系',
    '同一事项正在办理，请查询原信件',
    '属于举报线索，请使用专门的举报渠道',
  ],
});
