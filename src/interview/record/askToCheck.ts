import { z } from 'zod';
import { config } from '../../config.ts';
import { staffAddresses, staffContact } from '../../identity/index.ts';
import { defaultLanguage, type Language } from '../../kernel/language.ts';
import { now } from '../../kernel/time.ts';
import { sendMail } from '../../notification/index.ts';
import { departmentAddress } from '../../organization/index.ts';
import { defineJob } from '../../platform/queue/job.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { guestChecks } from './checkStates.ts';

const day = 86_400_000;
/** A job that was late by more than this writes to nobody: the desk has told them since. */
const tooLate = 7 * day;

interface Reader {
  to: string;
  language: Language;
}
/** A guest who has something to check, and the department that sees to it. */
interface Asked {
  id: string;
  name: string;
  person: Reader | null;
  departmentId: string;
}

/** Guests whose words nobody has checked; without an account they belong to the organising department. */
async function askedGuests(interview: Interview): Promise<Asked[]> {
  const open = (await guestChecks(interview)).filter(({ state }) => state === 'open');
  return Promise.all(
    open.map(async ({ guest: { id, name } }) => {
      const personId = interview.guests.find((one) => one.id === id)?.personId ?? null;
      const contact = personId === null ? undefined : await staffContact(personId);
      const person = contact?.email ? { to: contact.email, language: contact.language } : null;
      return { id, name, person, departmentId: contact?.departmentId ?? interview.departmentId };
    }),
  );
}

/** The department's own address, else those of its handlers. */
async function departmentReaders(departmentId: string): Promise<Reader[]> {
  const own = await departmentAddress(departmentId);
  if (own) return [{ to: own, language: defaultLanguage }];
  const handlers = await staffAddresses(departmentId, ['handler']);
  return handlers.map(({ email, language }) => ({ to: email, language }));
}

function mailData(interview: Interview, language: Language, url: string, names: readonly string[]) {
  return {
    topic: interview.topic,
    when: writeDate(interview.startsAt, 'exact', language),
    names: new Intl.ListFormat(language, { type: 'conjunction' }).format(names),
    url: `${config.baseUrl}${url}`,
  };
}

/** After the close: asks every guest who said something, and their departments, to check the record 核对. */
export const askToCheckJob = defineJob({
  name: 'interview.ask-to-check',
  input: z.object({ interviewId: z.string() }),
  async run({ interviewId }) {
    const interview = await InterviewModel.findById(interviewId, { trail: 0 }).lean<Interview>();
    if (!interview?.closedAt || interview.state !== 'closed') return;
    if (now().getTime() - interview.closedAt.getTime() > tooLate) return;
    const asked = await askedGuests(interview);
    const desk = `/office/interviews/${interviewId}/checking`;
    for (const { id, name, person } of asked) {
      if (!person) continue;
      await sendMail({
        ...person,
        template: 'interview/check',
        data: mailData(interview, person.language, `${desk}?guest=${id}`, [name]),
        onceKey: `interview-check ${interviewId} ${id}`,
      });
    }
    for (const departmentId of new Set(asked.map((one) => one.departmentId))) {
      const names = asked.filter((one) => one.departmentId === departmentId).map(({ name }) => name);
      // The desk opens for those who organise the interview; others read what is public
      const url = interview.departmentPath.includes(departmentId) ? desk : `/interviews/${interviewId}?view=record`;
      for (const reader of await departmentReaders(departmentId)) {
        await sendMail({
          ...reader,
          template: 'interview/check-department',
          data: mailData(interview, reader.language, url, names),
          onceKey: `interview-check ${interviewId} ${departmentId} ${reader.to}`,
        });
      }
    }
  },
});
