import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo, type InterviewState } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canDirect, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { noticeRow } from '../rows.ts';

const postSchema = z.object({ interviewId: id, text: typedText({ min: 2, max: 200 }) });
const withdrawSchema = z.object({ interviewId: id, noticeId: id });
const noticeStates: InterviewState[] = ['announced', ...statesOpenTo('direct')];
const mostNotices = 50;

/** The host tells the whole room something. */
export async function postNotice(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, text } = parse(postSchema, input);
  const interview = await findInterview(interviewId);
  demand(canDirect(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    if (fresh.notices.length >= mostNotices) throw conflict('interview.errors.too-many-notices');
    const notice = { id: newId(), text, at: now(), revision, gone: false };
    await changeInterview(interviewId, {
      from: noticeStates,
      set: {},
      push: { notices: notice },
      trail: trailEntry(actor, 'notice', { note: text }),
      refusedKey: 'interview.errors.not-live',
    });
    return everyone([noticeRow(notice)]);
  });
}

/** The host takes a notice down. */
export async function withdrawNotice(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, noticeId } = parse(withdrawSchema, input);
  const interview = await findInterview(interviewId);
  demand(canDirect(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    const notice = fresh.notices.find((one) => one.id === noticeId);
    if (!notice) throw notFound('interview.errors.notice-not-found');
    const gone = { ...notice, gone: true, revision };
    await changeInterview(interviewId, {
      from: noticeStates,
      set: { notices: fresh.notices.map((one) => (one.id === noticeId ? gone : one)) },
      trail: trailEntry(actor, 'withdraw-notice', { note: notice.text }),
      refusedKey: 'interview.errors.not-live',
    });
    return everyone([noticeRow(gone)]);
  });
}
