import { staffAddresses, staffContact } from '../identity/index.ts';
import type { StaffRole } from '../kernel/actor.ts';
import { type Preference, defaultPreference, preferenceOf, wants } from '../notification/index.ts';
import { departmentById } from '../organization/index.ts';
import type { Notice, NoticeKind } from './notice.ts';
import type { Letter } from './record.ts';
import type { WriterIdentity } from './writerModel.ts';

/** What a writer who wants to hear only of what matters does not hear of. */
const courseOnly: readonly NoticeKind[] = ['accepted', 'passed', 'extended', 'rating'];

/** Mails that can be cancelled by one click, by their topic; answers and questions always come. */
export const topicOf = (kind: NoticeKind): string | undefined =>
  courseOnly.includes(kind) ? 'letter-progress' : undefined;

/** The writer's wish for this letter; without one that of their account. Null: they do not want to hear of this. */
export async function wishOf(letter: Letter, writer: WriterIdentity, kind: NoticeKind): Promise<Preference | null> {
  const wish = writer.preference ?? (letter.writerId ? await preferenceOf(letter.writerId) : defaultPreference);
  return wants(wish, !courseOnly.includes(kind)) ? wish : null;
}

/** People who are told beside the department's own address: deadlines concern the handler and the head. */
const personally: Partial<Record<NoticeKind, readonly StaffRole[]>> = {
  assigned: [],
  supplemented: ['handler'],
  'sent-back': ['handler'],
  reminder: ['handler', 'head'],
  urged: ['handler', 'head'],
  ordered: ['handler', 'head'],
  'yellow-card': ['handler', 'head'],
  'red-card': ['handler', 'head'],
};

/**
 * Addresses of a department for a notice: its own, and those of the handler who signed for the letter (all handlers
 * while nobody has) and the heads. Without an address of its own everything goes to its handlers. None twice.
 */
export async function departmentRecipients(letter: Letter, { kind, departmentId, data }: Notice): Promise<string[]> {
  if (departmentId === null) return [];
  if (typeof data['personId'] === 'string') {
    const email = (await staffContact(data['personId']))?.email;
    return email ? [email] : [];
  }
  const own = (await departmentById(departmentId))?.email ?? '';
  const roles = personally[kind] ?? [];
  const people = await staffAddresses(departmentId, own === '' && roles.length === 0 ? ['handler'] : roles);
  const signed = letter.lead?.departmentId === departmentId ? letter.handler?.id : undefined;
  const concerned = people.filter(({ id, roles: held }) => held.includes('head') || !signed || id === signed);
  return [...new Set([own, ...concerned.map(({ email }) => email)])].filter((address) => address !== '');
}
