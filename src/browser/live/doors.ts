import { unanswered, type Address, type Delta, type Outcome, type Row } from './messages.ts';

/** How a page reaches its server over HTTP. */
export interface Doors {
  /** `https://host`, or empty in a page. */
  origin: string;
  csrfToken(): string;
  fetch: typeof fetch;
}

const pathOf = ({ kind, id, audience }: Address) =>
  `/live/${encodeURIComponent(kind)}/${encodeURIComponent(id)}/${encodeURIComponent(audience)}`;

async function read<Value>(doors: Doors, path: string): Promise<Value> {
  const response = await doors.fetch(doors.origin + path, {
    headers: { accept: 'application/json' },
    cache: 'no-cache',
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new HttpRefusal(response.status);
  return (await response.json()) as Value;
}

/** The server answered, but not with what was asked for. */
export class HttpRefusal extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** Asks what changed since; `polling` makes this person count as present. Throws when there is no answer. */
export function fetchDelta(doors: Doors, address: Address, since: number, polling: boolean): Promise<Delta> {
  return read<Delta>(doors, `${pathOf(address)}/delta?since=${since}${polling ? '&poll=1' : ''}`);
}

/** Asks for the rows that only this person may see. */
export async function fetchPersonal(doors: Doors, address: Address): Promise<Row[]> {
  return (await read<{ rows: Row[] }>(doors, `${pathOf(address)}/personal`)).rows;
}

/** Does an action over HTTP; for pages whose socket is not there. */
export async function postAction(doors: Doors, name: string, input: unknown): Promise<Outcome> {
  try {
    const response = await doors.fetch(`${doors.origin}/live/act`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': doors.csrfToken(),
      },
      body: JSON.stringify({ name, input }),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = (await response.json()) as Outcome | { error: Extract<Outcome, { ok: false }>['error'] };
    return 'ok' in answer ? answer : { ok: false, error: answer.error };
  } catch (error) {
    return unanswered((error as Error).name === 'TimeoutError' ? 'no-answer' : 'offline');
  }
}
