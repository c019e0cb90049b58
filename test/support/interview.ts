import type { Actor, Guest, Staff } from '../../src/kernel/actor.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { declareRoom } from '../../src/live/index.ts';
import { announceInterview } from '../../src/interview/actions/announceInterview.ts';
import { archiveInterview } from '../../src/interview/actions/archiveInterview.ts';
import { askQuestion } from '../../src/interview/actions/askQuestion.ts';
import { assignRole } from '../../src/interview/actions/assignRole.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { createInterview } from '../../src/interview/actions/createInterview.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import type { InterviewRole, InterviewState } from '../../src/interview/interview.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { TurnModel } from '../../src/interview/turnModel.ts';
import { actorFor, guestActor, identityModels, makeDepartment, makeStaff, type TestAccount } from './identity.ts';

declareRoom(interviewRoom);

/** Models whose indexes the tests of interviews need. */
export const interviewModels = [...identityModels, InterviewModel, QuestionModel, SupportModel, TurnModel];
export const system = systemActor('test');

/** An interview with a person for every role, each with an account of their own. */
export interface TestInterview {
  id: string;
  departmentId: string;
  guestId: string;
  secondGuestId: string;
  people: Record<InterviewRole, Staff>;
  accounts: Record<InterviewRole, TestAccount>;
}

const steps: [InterviewState, (actor: Actor, input: unknown) => Promise<void>][] = [
  ['announced', announceInterview],
  ['live', startInterview],
  ['closed', closeInterview],
  ['archived', archiveInterview],
];

/** Makes an interview and brings it into a state. */
export async function makeInterview(
  state: InterviewState = 'live',
  topic = '老旧小区加装电梯怎么办',
): Promise<TestInterview> {
  const department = await makeDepartment();
  const roles: InterviewRole[] = ['host', 'guest', 'screener', 'recorder', 'director', 'reviewer'];
  const accounts = {} as TestInterview['accounts'];
  const people = {} as TestInterview['people'];
  for (const role of roles) {
    accounts[role] = await makeStaff({ name: `${role}甲` });
    people[role] = await actorFor(accounts[role]);
  }
  const id = await createInterview(system, {
    topic,
    departmentId: department.id,
    summary: '谈谈申请、出资和施工',
    startsAt: new Date(Date.now() + 3_600_000),
    plannedMinutes: 90,
    guests: [
      { name: '林建平', title: '市住建局副局长', personId: people.guest.id },
      { name: '高敏', title: '市住建局物业处处长' },
    ],
  });
  for (const role of roles) {
    if (role !== 'guest') await assignRole(system, { interviewId: id, role, personId: people[role].id });
  }
  for (const [to, step] of steps) {
    if (state === 'draft') break;
    await step(system, { interviewId: id });
    if (to === state) break;
  }
  const stored = await InterviewModel.findById(id).lean();
  const [guest, second] = stored?.guests ?? [];
  return {
    id,
    departmentId: department.id,
    guestId: guest?.id ?? '',
    secondGuestId: second?.id ?? '',
    people,
    accounts,
  };
}

let asked = 0;
/** Asks a question as somebody, or as a new visitor; gives its id. */
export async function ask(interviewId: string, actor: Guest = guestActor(), text?: string): Promise<string> {
  asked += 1;
  const words = text ?? `我们小区没有电梯，老人下楼很难，第 ${asked} 个问题怎么办？`;
  return (await askQuestion(actor, { interviewId, text: words, formKey: newId(16) })).id;
}

/** Asks and publishes a question; gives its id. */
export async function askPublished(interview: TestInterview, actor?: Guest, text?: string): Promise<string> {
  const questionId = await ask(interview.id, actor, text);
  await publishQuestion(interview.people.screener, { interviewId: interview.id, questionId });
  return questionId;
}

/** What was thrown, as `code sentence-key`; 'done' when nothing was. */
export async function outcome(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return 'done';
  } catch (error) {
    const { code, told } = error as { code?: string; told?: { key: string } };
    if (!told) throw error;
    return `${code} ${told.key}`;
  }
}
