import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { mayTakeBackStart, startsTakenBackAfter } from '../closing/takenBack.ts';
import { findInterview } from '../interviewModel.ts';
import { canRun, demand } from '../policy.ts';
import { moveInterview, whichInterview } from './moveInterview.ts';

/** Started by mistake 误开播: back to the announcement within a minute, as long as nothing has come out. */
export async function takeBackStart(actor: Actor, input: unknown): Promise<void> {
  const { interviewId } = parse(whichInterview, input);
  const interview = await findInterview(interviewId);
  demand(canRun(actor, interview), actor, interview);
  if (interview.state === 'live' && !(await mayTakeBackStart(interview))) {
    throw conflict('interview-host.start.too-late');
  }
  return moveInterview(actor, input, {
    move: 'unstart',
    allowed: canRun,
    only: { startedAt: { $gt: startsTakenBackAfter() } },
    set: () => ({ startedAt: null, phase: 'opening', onStage: null, pausedAt: null }),
  });
}
