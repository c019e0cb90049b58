import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { startClock } from '../../kernel/clock.ts';
import { forbidden } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { optionalEmailField, telephoneField } from '../../kernel/typedLine.ts';
import { refuseCards } from '../../moderation/index.ts';
import { now } from '../../kernel/time.ts';
import { defaultPreference, type Preference, preferenceFields, preferenceOf } from '../../notification/index.ts';
import { departmentById, departmentPath } from '../../organization/index.ts';
import { attachUploads, waitingOf } from '../../platform/uploads/store.ts';
import { refuseTooMany } from '../attachments.ts';
import { afterChange } from '../afterChange.ts';
import { cityDue } from '../clocks.ts';
import { several } from '../fields.ts';
import { receiveLetter, type Incoming } from '../incoming.ts';
import { boxes, channels, letterKinds, type Channel } from '../letter.ts';
import { fileOwner } from '../namedFiles.ts';
import { newLetter } from '../newLetter.ts';
import { moment, tellWriter } from '../notices.ts';
import { keptNumber } from '../numbers.ts';
import { canEnterOnBehalf } from '../policy.ts';
import { acceptRule, boxMayBePublic, boxOwner } from '../rules.ts';
import { codeFor, fingerprint, hashCode, seal } from '../secrets.ts';
import * as settings from '../settings.ts';
import type { WriterIdentity } from '../writerModel.ts';

/** Yes or no 是否同意公开. A program that says nothing says no; a form in which nothing was chosen is asked again. */
const consent = z
  .union([z.boolean(), z.string().max(10)])
  .default(false)
  .refine((value) => value !== '', say('mailbox.errors.consent'))
  .transform((value) => value === true || ['1', 'on', 'true', 'yes'].includes(String(value)));

/** The fields of a letter; their lengths are settings, so the schema is made at use. */
export const letterFields = () => ({
  kind: z.enum(letterKinds, say('mailbox.errors.kind')),
  box: z.enum(boxes).default('unified'),
  title: typedText({ min: settings.titleLengthMin.value(), max: settings.titleLengthMax.value(), line: true }),
  body: typedText({ min: settings.bodyLengthMin.value(), max: settings.bodyLengthMax.value() }),
  wishedDepartmentId: z.string().max(40).default(''),
  attachments: several(z.string().max(40), 20),
});
const contactFields = () => ({
  name: typedText({ min: settings.nameRequired.value() ? 1 : 0, max: 40, line: true }).default(''),
  phone: telephoneField('mailbox.errors.phone'),
  email: optionalEmailField('mailbox.errors.email'),
  address: typedText({ min: 0, max: 120, line: true }).default(''),
  mayPublish: consent,
  /** What to be told of, and how; without it the account decides, or the default. */
  extent: preferenceFields.extent.optional(),
  way: preferenceFields.way.optional(),
});
/** Told beside every other fault of the form, not after they are mended. */
const wayBack = z.superRefine<{ phone?: unknown; email?: unknown }>(
  ({ phone, email }, context) => {
    const isMissing = [phone, email].every((way) => typeof way !== 'string' || way.trim() === '');
    for (const field of isMissing ? ['phone', 'email'] : [])
      context.addIssue({ code: 'custom', path: [field], message: say('mailbox.errors.no-way-back') });
  },
  { when: () => true },
);
const schema = () =>
  z
    .object({
      ...letterFields(),
      ...contactFields(),
      channel: z.enum(channels).default('web'),
      enteredFor: typedText({ min: 0, max: 40, line: true }).default(''),
      /** Random, made with the form: the same form sent twice is one letter. */
      formKey: z.string().regex(/^[\w-]{16,64}$/, say('errors.invalid-value')),
    })
    .check(wayBack);
export type SubmittedLetter = z.output<ReturnType<typeof schema>>;

let known: { by: string; schema: ReturnType<typeof schema> } | undefined;

/** The schema by the settings of this moment; to make one costs more than to check a letter with it. */
function presentSchema(): ReturnType<typeof schema> {
  const { titleLengthMin, titleLengthMax, bodyLengthMin, bodyLengthMax, nameRequired } = settings;
  const by = [titleLengthMin, titleLengthMax, bodyLengthMin, bodyLengthMax, nameRequired]
    .map((setting) => String(setting.value()))
    .join(' ');
  if (known?.by !== by) known = { by, schema: schema() };
  return known.schema;
}

/**
 * A letter comes in. Takes the fields of the form; clerks may enter one for somebody else with a `channel`. Gives the
 * number, the query code (kept nowhere in plain) and the letter's id. The same form with the same content gives the same
 * answer, another content under a used form is a 409. A form belongs to its `owner`: knowing its key opens nothing.
 */
export async function submitLetter(actor: Actor, input: unknown, owner: string = actor.id) {
  const given = parse(presentSchema(), input);
  checkChannel(actor, given.channel);
  refuseTooMany(given.attachments.length);
  if (given.channel === 'web') refuseCards({ title: given.title, body: given.body });
  const code = codeFor(JSON.stringify([owner, given]));
  const { letter, fresh } = await receiveLetter(await compose(actor, given, code, owner));
  // Also when it was there already: whoever sent it may have been cut off before its files had their place
  if (given.attachments.length > 0) await attachUploads(given.attachments, actor.id, fileOwner(letter._id));
  if (fresh) afterChange(fresh, fresh.outbox.length > 0);
  return { letterId: letter._id, number: letter.number, code };
}

/** What is the same as on the account stays with the account and follows it. */
async function wishFor(actor: Actor, { extent, way }: SubmittedLetter): Promise<Preference | null> {
  if (extent === undefined && way === undefined) return null;
  const account = actor.kind === 'citizen' ? await preferenceOf(actor.id) : null;
  const wish = { extent: extent ?? defaultPreference.extent, way: way ?? defaultPreference.way };
  return account && account.extent === wish.extent && account.way === wish.way ? null : wish;
}

function checkChannel(actor: Actor, channel: Channel): void {
  const byItself = channel === 'web';
  const writes = actor.kind === 'guest' || actor.kind === 'citizen';
  if (byItself ? !writes && actor.kind !== 'system' : !canEnterOnBehalf(actor)) {
    throw forbidden(byItself ? 'mailbox.errors.staff-cannot-write' : 'mailbox.errors.not-your-part');
  }
}

async function compose(actor: Actor, given: SubmittedLetter, code: string, formOwner: string): Promise<Incoming> {
  const [at, calendar, letterId] = [now(), await workingCalendar(), newId()];
  const attachments = await waitingOf(given.attachments, actor.id);
  const owner = boxOwner(given.box);
  const ownerPath = owner ? [...(await departmentPath(owner))] : [];
  const wished = given.wishedDepartmentId ? await departmentById(given.wishedDepartmentId) : undefined;
  const clocks = [startClock('accept', acceptRule(), at, calendar)];
  const dueAt = cityDue(clocks);
  const told = { title: given.title, dueAt: moment(dueAt) };
  const receipt = tellWriter({ urgency: 'normal' }, 'received', calendar, told, seal(code, letterId));
  const formKeyHash = fingerprint('form-key', `${formOwner}\n${given.formKey}`);
  const { kind, box, channel, title, body } = given;
  const letter = (number: string) =>
    newLetter(actor, {
      _id: letterId,
      number,
      kind,
      box,
      channel,
      title,
      body,
      attachments,
      mayPublish: given.mayPublish && boxMayBePublic(box),
      writerId: actor.kind === 'citizen' ? actor.id : null,
      language: actor.language,
      codeHash: hashCode(number, code),
      formKeyHash,
      ownerPath,
      wishedDepartmentId: wished?.active ? wished.id : null,
      clocks,
      dueAt,
      submittedAt: at,
      outbox: given.extent === 'none' ? [] : [receipt],
    });
  return { letterId, at, formKeyHash, code, number: keptNumber(), writer: await writerOf(actor, given), letter };
}

async function writerOf(actor: Actor, given: SubmittedLetter): Promise<WriterIdentity> {
  const { name, phone: telephone, email: mail, address, enteredFor } = given;
  return { name, phone: telephone, email: mail, address, enteredFor, preference: await wishFor(actor, given) };
}
