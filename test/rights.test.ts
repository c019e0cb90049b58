import { globSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import { staffRoles, type Actor } from '../src/kernel/actor.ts';
import { Refusal } from '../src/kernel/errors.ts';
import { newId } from '../src/kernel/id.ts';
import { useApp } from './support/app.ts';
import { actorFor, makeDepartment, makeStaff } from './support/identity.ts';
import { makeInterview } from './support/interview.ts';
import { letterIn, makeOffice } from './support/mailbox.ts';

useApp();

type Verb = (actor: Actor, input: unknown) => Promise<unknown>;
type Input = Record<string, unknown>;

/** What concerns oneself, or gives everybody what lies in their own branch. */
const ownAffairs = new Set(
  `archivePage queuePage queueRows listAccounts actOnMany drawResurveySample exportRecord askReminder unfollowQuestion proveAgain changePassword renewRecoveryCodes
  turnOffSecondFactor signIn signInToDemo requestCode confirmCode confirmReminder moveInterview`.split(/\s+/),
);
const written = /export async function (\w+)\(\s*_?actor: Actor,\s*input: unknown/g;
const actions = globSync('src/{organization,identity,calendar,interview,mailbox}/**/*.ts').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(written)]
    .map(([, name = '']) => ({ file, name }))
    .filter(({ name }) => !ownAffairs.has(name)),
);

/** Somebody with every role there is, in another branch of the tree. */
let elsewhere: Actor;
let known: Input;
let accountId: string;
let ownDepartmentId: string;
beforeAll(async () => {
  const [interview, office, other] = [await makeInterview('live'), await makeOffice(), await makeDepartment()];
  const departmentId = (ownDepartmentId = other.id);
  elsewhere = await actorFor(
    await makeStaff({ departmentId, roles: staffRoles.map((role) => ({ role, departmentId })) }),
  );
  accountId = interview.people.host.id;
  const letter = await letterIn('assigned', office);
  known = {
    interviewId: interview.id,
    letterId: letter.id,
    letterIds: [letter.id],
    parentId: interview.departmentId,
    year: 2027,
    formKey: newId(16),
    number: letter.number,
    departmentId: interview.departmentId,
    personId: accountId,
    guestId: interview.guestId,
    people: [{ role: 'host', personId: accountId }],
    version: 1,
    startsAt: new Date(Date.now() + 86_400_000),
  };
});

/** What a field may want; tried in this order until it is content. */
const values = (): unknown[] => [
  newId(),
  'twelve clear words about nothing',
  '请问这件事什么时候能办好？我们已经等了三个月，每天都有人来问，请尽快给大家一个答复，谢谢。',
  1,
  60,
  '1',
  'yes',
  [newId()],
  [{ name: '甲', title: '局长' }],
  '2027-01-01',
  '2026-10',
  new Date(Date.now() + 86_400_000),
  '2027-03-01T10:00',
  'web.limit-letter-person',
  ...`director screener administrator handler city answering publish off-topic cover take turn approve grant refuse ordinary simple public
  yellow red complaint satisfied telephone clerk other help everyone all verified earlier normal urgent suggestion up
  duplicate abuse agree accept correct wording title full on none both email sms`.split(/\s+/),
  { title: [], body: [], reply: [] },
];

/** Does it, completing the input field by field as the refusal names them: what is asked is who may, not what is typed. */
async function attempt(verb: Verb, input: Input): Promise<string> {
  const tried = new Map<string, unknown[]>();
  for (let round = 0; round < 800; round += 1) {
    try {
      await verb(elsewhere, input);
      return 'done';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const field = error.status === 422 ? Object.keys(error.fields)[0]?.split('.')[0] : undefined;
      if (!field) return error.code;
      const left = tried.get(field) ?? (field in known ? [known[field], ...values()] : values());
      if (left.length === 0) return `nothing fits ${field}: ${JSON.stringify(error.fields)}`;
      input[field] = left.shift();
      tried.set(field, left);
    }
  }
  return 'no end';
}

it.each(actions)('$name of $file is refused in another branch', async ({ file, name }) => {
  const { [name]: verb } = (await import(`../${file}`)) as Record<string, Verb>;
  const id = file.includes('identity') ? accountId : known['departmentId'];
  // Into one's own branch is no better than out of it
  const into = name === 'moveDepartment' ? { parentId: ownDepartmentId } : {};
  const result = await attempt(verb as Verb, { ...known, ...into, id });
  expect(result).toMatch(/^(forbidden|not-found)$/);
});
