import { act, type Outcome } from '../live/index.ts';

interface Challenge {
  parameters: object;
  signature?: string;
}
/** A while longer than the slowest telephone takes, in milliseconds. */
const patience = 60_000;

/** Does the work of a challenge on a thread of its own, so that the page stays alive meanwhile. */
function solve(challenge: Challenge): Promise<object> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/js/proof.js', { type: 'module' });
    const end = (then: () => void) => {
      worker.terminate();
      then();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<{ error?: unknown } | null>) =>
      end(() => (data === null || 'error' in data ? reject(new Error('unsolved')) : resolve(data))),
    );
    worker.addEventListener('error', () => end(() => reject(new Error('no worker'))));
    worker.postMessage({ type: 'work', challenge, timeout: patience });
  });
}

/** Fetches a piece of work for this room and does it; gives what a field carries. */
async function work(interviewId: string): Promise<string> {
  const response = await fetch(`/interviews/${interviewId}/challenge`, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const challenge = (await response.json()) as Challenge;
  return btoa(JSON.stringify({ challenge, solution: await solve(challenge) }));
}

/**
 * Does an act of a visitor; where the room is guarded the browser first does a second of work, of which `working`
 * hears, and the act is sent again with it.
 */
export async function actProven(
  name: string,
  input: { interviewId: string; [field: string]: unknown },
  working: () => void,
): Promise<Outcome> {
  const outcome = await act(name, input);
  if (outcome.ok || outcome.error.code !== 'proof-needed') return outcome;
  working();
  try {
    return await act(name, { ...input, proof: await work(input.interviewId) });
  } catch {
    return outcome; // its sentence says what else can be done
  }
}
