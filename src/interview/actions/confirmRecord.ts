import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { forgetRecord } from '../archive/recordCache.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canOrganise, guestsAnsweredBy } from '../policy.ts';
import { checkOf, storeCheck } from '../record/checkModel.ts';
import { guestChecks } from '../record/checkStates.ts';

const schema = z.object({
  interviewId: id,
  guestId: id,
  words: z.string().max(60),
  note: typedText({ min: 0, max: 200, line: true }).default(''),
});

/**
 * A guest confirms 核对确认 that the record has their words right; `words` is the fingerprint of what was read, so that
 * nobody confirms what was changed meanwhile. An organiser may note a confirmation given on paper, saying how.
 */
export async function confirmRecord(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, guestId, words, note } = parse(schema, input);
  const interview = await findInterview(interviewId);
  const own = guestsAnsweredBy(actor, interview).some((guest) => guest.id === guestId);
  if (!own && !canOrganise(actor, interview)) throw forbidden('interview.errors.not-your-guest');
  const states = statesOpenTo('confirm');
  if (!states.includes(interview.state)) throw conflict('interview-check.errors.not-over');
  if (!own && note === '') throw invalid({ note: { key: 'interview-check.errors.say-how' } });
  const found = (await guestChecks(interview)).find(({ guest }) => guest.id === guestId);
  if (!found) throw conflict('interview-check.errors.said-nothing');
  if (found.words !== words) throw conflict('interview-check.errors.record-changed');
  const check = await checkOf(interviewId, guestId);
  if (check.proposals.some(({ state }) => state === 'open')) throw conflict('interview-check.errors.still-open');
  await storeCheck(check, { confirmed: { at: now(), by: doerOf(actor), words, note } });
  forgetRecord(interviewId);
  await changeInterview(interviewId, {
    from: states,
    set: {},
    trail: trailEntry(actor, 'confirm-record', { note: found.guest.name }),
    refusedKey: 'interview-check.errors.not-over',
  });
  await recordAudit(actor, {
    verb: 'interview.confirm-record',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { guest: found.guest.name },
  });
}
