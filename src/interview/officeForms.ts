// What the forms of an organiser send, as the actions take it, and their refusals, as the forms show them.
import type { Message, Refusal } from '../kernel/errors.ts';
import { roleField } from './actions/assignRole.ts';
import { interviewRoles } from './interview.ts';
import { guestRows } from './officeViews.ts';
import { personIdOf } from './people.ts';

/** What the form sends, as the actions take it. */
export async function typedInterview(body: Record<string, unknown>) {
  const guests = await Promise.all(
    guestRows(body).map(async ({ id, name, title, person }) => ({
      ...(id ? { id } : {}),
      name,
      title,
      personId: person ? await personIdOf(person) : null,
    })),
  );
  return { ...body, guests };
}

/** Who was named for which role; an empty field names nobody. */
export async function namedPeople(typed: Record<string, string>) {
  const named = interviewRoles.filter((role) => typed[roleField(role)]?.trim());
  return Promise.all(named.map(async (role) => ({ role, personId: await personIdOf(typed[roleField(role)] ?? '') })));
}

/** Fields of guests stand below one another: their sentences are shown together, an unknown account by what was typed. */
export function guestErrors(fields: Refusal['fields'], body: Record<string, unknown>): Record<string, Message> {
  const shown: Record<string, Message> = {};
  for (const [name, told] of Object.entries(fields)) {
    const [list = '', index, field] = name.split('.');
    if (list !== 'guests' || index === undefined) shown[name] ??= told;
    else if (field !== 'personId') shown['guests'] ??= { key: 'interview.errors.guest-incomplete' };
    else {
      const person = guestRows(body)[Number(index)]?.person ?? '';
      shown['guests'] ??= { key: 'interview.errors.guest-account', params: { person } };
    }
  }
  return shown;
}
