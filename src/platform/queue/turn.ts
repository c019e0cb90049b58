import { Refusal } from '../../kernel/errors.ts';
import { counter } from '../metrics.ts';
import { logger } from '../logger.ts';
import { type Job, retryDelaySeconds } from './job.ts';

/** What became of one try. `kind` says why in program words only: messages of errors can carry personal data. */
export type Outcome =
  { end: 'done' } | { end: 'retry'; kind: string; delaySeconds: number } | { end: 'dead'; kind: string };

const rollingUpdateSeconds = 60;
const turnsEnded = counter('job_turns_total', 'Turns of jobs that ended, by job and end', ['job', 'end']);

/** Runs one try of a job and never throws. An undeclared job waits for a worker that knows it. */
export async function runTurn(job: Job | undefined, input: unknown, attempt: number): Promise<Outcome> {
  const outcome = await decide(job, input, attempt);
  const name = job?.name ?? 'unknown';
  turnsEnded.inc({ job: name, end: outcome.end });
  if (outcome.end !== 'done') {
    logger.warn({ event: 'job.failed', job: name, attempt, kind: outcome.kind, state: outcome.end }, 'A job failed');
  }
  return outcome;
}

async function decide(job: Job | undefined, input: unknown, attempt: number): Promise<Outcome> {
  if (!job) return attempt < 60 ? retry('unknown-job', rollingUpdateSeconds) : { end: 'dead', kind: 'unknown-job' };
  if (attempt > job.attempts) return { end: 'dead', kind: 'worker-lost' };
  const parsed = job.input.safeParse(input);
  if (!parsed.success) return { end: 'dead', kind: 'invalid-input' };
  try {
    await job.run(parsed.data, { attempt, last: attempt === job.attempts });
    return { end: 'done' };
  } catch (error) {
    return judge(job, error, attempt);
  }
}

/** A refusal is the rules' answer and stays the same at the next try; only "too often" and defects are tried again. */
function judge(job: Job, error: unknown, attempt: number): Outcome {
  const kind = errorKind(error);
  const refused = error instanceof Refusal;
  if (!refused) logger.error({ event: 'job.defect', job: job.name, attempt, error }, 'A job threw');
  if (attempt >= job.attempts || (refused && error.status !== 429)) return { end: 'dead', kind };
  const wait = refused ? error.retryAfter : undefined;
  return retry(kind, Math.max(wait ?? 0, retryDelaySeconds(job, attempt)));
}

const retry = (kind: string, delaySeconds: number): Outcome => ({ end: 'retry', kind, delaySeconds });

/** Name and code of an error, `Error ECONNREFUSED`; anything that does not look like a program word is left out. */
export function errorKind(error: unknown): string {
  if (error instanceof Refusal) return `refused ${error.code}`;
  if (typeof error !== 'object' || error === null) return typeof error;
  const { name, code } = error as { name?: unknown; code?: unknown };
  const words = [name, code].filter((word) => /^[A-Za-z0-9_.-]{1,40}$/.test(String(word ?? '')));
  return words.join(' ') || 'Error';
}
