import type { Actor, Staff } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { calendar } from '../../src/calendar/index.ts';
import * as act from '../../src/mailbox/index.ts';
import { CounterModel } from '../../src/mailbox/numbers.ts';
import { LetterModel, requireLetter } from '../../src/mailbox/letterModel.ts';
import { MailModel } from '../../src/notification/mailModel.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { ResurveySampleModel } from '../../src/mailbox/resurveySample.ts';
import { TopicModel } from '../../src/mailbox/topicModel.ts';
import { WriterModel } from '../../src/mailbox/writerModel.ts';
import { actorFor, guestActor, identityModels, makeDepartment, makeStaff } from './identity.ts';

/** Models whose indexes the tests of letters need. */
export const mailboxModels = [
  ...identityModels,
  ...(calendar.models ?? []),
  LetterModel,
  WriterModel,
  CounterModel,
  TopicModel,
  ResurveySampleModel,
  MailModel,
];

/** A department with its people, and the secretariat. */
export interface Office {
  departmentId: string;
  clerk: Staff;
  supervisor: Staff;
  administrator: Staff;
  handler: Staff;
  head: Staff;
  assistant: Staff;
  assistingId: string;
  /** Handler of a department that has nothing to do with any letter. */
  stranger: Staff;
}

/** Makes one. */
export async function makeOffice(): Promise<Office> {
  const [own, other, third] = [await makeDepartment(), await makeDepartment(), await makeDepartment()];
  const inOne = async (role: 'handler' | 'head', departmentId: string) =>
    actorFor(await makeStaff({ departmentId, roles: [{ role, departmentId }] }));
  return {
    departmentId: own.id,
    assistingId: other.id,
    clerk: await actorFor(await makeStaff({ roles: ['clerk'] })),
    supervisor: await actorFor(await makeStaff({ roles: ['supervisor'] })),
    administrator: await actorFor(await makeStaff({ roles: ['administrator'] })),
    handler: await inOne('handler', own.id),
    head: await inOne('head', own.id),
    assistant: await inOne('handler', other.id),
    stranger: await inOne('handler', third.id),
  };
}

export const letterText = {
  kind: 'complaint',
  title: '小区二次供水水压不足',
  body: '海棠湾小区三号楼自十月起每天早晚水压不足，五层以上洗澡困难，物业说要等水务部门检修。请问何时能修好？',
  name: '王海',
  phone: '13812345678',
  email: 'wanghai@example.com',
  mayPublish: '1',
};

export const replyText =
  '您好！您反映的二次供水水压不足问题，我局已派人到现场检修，更换了加压泵，现水压已恢复正常。感谢您的监督。';

export interface Written {
  id: string;
  number: string;
  code: string;
  writer: Actor;
}

/** A citizen writes. */
export async function writeLetter(given: Record<string, unknown> = {}, writer: Actor = guestActor()): Promise<Written> {
  const input = { ...letterText, formKey: newId(24), ...given };
  const { letterId: id, number, code } = await act.submitLetter(writer, input);
  return { id, number, code, writer };
}

type Reached = Letter['state'];
const way: Reached[] = ['submitted', 'accepted', 'assigned', 'drafted', 'signed-off', 'replied', 'closed'];

/** A letter that has reached a state by the ordinary way (or declined, returned, withdrawn from where that is possible). */
export async function letterIn(state: Reached, office: Office, given: Record<string, unknown> = {}): Promise<Written> {
  const written = await writeLetter(given);
  const letterId = written.id;
  const { number, code, writer } = written;
  if (state === 'declined') await act.declineLetter(office.clerk, { letterId, reason: '不属于本市政府职责范围' });
  if (state === 'withdrawn') await act.withdrawLetter(writer, { number, code });
  const until = way.indexOf(state === 'returned' ? 'assigned' : state);
  const steps: [Reached, () => Promise<unknown>][] = [
    ['accepted', () => act.acceptLetter(office.clerk, { letterId, subject: '供水供电供气供热' })],
    [
      'assigned',
      () =>
        act.assignLetter(office.clerk, {
          letterId,
          departmentId: office.departmentId,
          assisting: [office.assistingId],
        }),
    ],
    ['drafted', () => act.submitForSignOff(office.handler, { letterId, text: replyText })],
    ['signed-off', () => act.signOff(office.head, { letterId })],
    ['replied', () => act.releaseReply(office.clerk, { letterId })],
    ['closed', () => act.closeLetter(office.clerk, { letterId })],
  ];
  for (const [reached, step] of steps) if (way.indexOf(reached) <= until) await step();
  if (state === 'returned') await act.returnLetter(office.handler, { letterId, reason: '不属于我单位职责范围' });
  return written;
}

/** The letter as it lies in the database. */
export const stored = (id: string): Promise<Letter> => requireLetter(id);
