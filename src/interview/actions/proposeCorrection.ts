import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, invalid, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { guestsAnsweredBy } from '../policy.ts';
import { checkOf, storeCheck, type Proposal } from '../record/checkModel.ts';
import { passagesOf } from '../record/passages.ts';
import { answerLengthMax } from '../settings.ts';

const mostOpen = 100;
const schema = () =>
  z.object({
    interviewId: id,
    guestId: id,
    kind: z.enum(['turn', 'answer']),
    passageId: id,
    text: typedText({ min: 1, max: answerLengthMax.value() }),
    note: typedText({ min: 0, max: 200, line: true }).default(''),
  });

/** A guest proposes other words for something they said; the recorder decides. A second proposal replaces an open one. */
export async function proposeCorrection(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, guestId, kind, passageId, text, note } = parse(schema(), input);
  const interview = await findInterview(interviewId);
  const guest = guestsAnsweredBy(actor, interview).find((one) => one.id === guestId);
  if (!guest) throw forbidden('interview.errors.not-your-guest');
  const states = statesOpenTo('correct');
  if (!states.includes(interview.state)) throw conflict(`interview-check.errors.no-correction-${interview.state}`);
  const passage = (await passagesOf(interviewId)).find(
    (one) => one.kind === kind && one.id === passageId && one.guestId === guestId,
  );
  if (!passage) throw notFound('interview.errors.turn-not-found');
  if (passage.text === text) throw invalid({ text: { key: 'interview-check.errors.same-words' } });
  const check = await checkOf(interviewId, guestId);
  const isSame = (one: Proposal) => one.state === 'open' && one.kind === kind && one.passageId === passageId;
  const others = check.proposals.filter((one) => !isSame(one));
  if (others.filter(({ state }) => state === 'open').length >= mostOpen)
    throw conflict('interview-check.errors.too-many');
  const proposal: Proposal = {
    id: newId(),
    kind,
    passageId,
    before: passage.text,
    text,
    note,
    by: doerOf(actor),
    at: now(),
    state: 'open',
    reason: '',
    decidedBy: null,
    decidedAt: null,
  };
  await storeCheck(check, { proposals: [...others, proposal] });
  await changeInterview(interviewId, {
    from: states,
    set: {},
    trail: trailEntry(actor, 'propose-correction', { note: guest.name }),
    refusedKey: 'interview-check.errors.no-correction-archived',
  });
}
