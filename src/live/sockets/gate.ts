import type { IncomingMessage } from 'node:http';

/** Counts how many of something are open, by a name: sockets by address, sockets by person. */
export class Tally {
  #open = new Map<string, number>();

  of(name: string): number {
    return this.#open.get(name) ?? 0;
  }

  add(name: string): void {
    this.#open.set(name, this.of(name) + 1);
  }

  remove(name: string): void {
    const left = this.of(name) - 1;
    if (left > 0) this.#open.set(name, left);
    else this.#open.delete(name);
  }
}

/**
 * True when a handshake comes from our own pages: its Origin is that of the base address or of the host it was sent to.
 * Programs that are no browsers send none; they carry nobody's cookies and may pass.
 */
export function ownOrigin(request: IncomingMessage, baseUrl: string): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === new URL(baseUrl).origin || from.host === host;
}

/** The address a handshake comes from; behind `proxies` trusted proxies the one the outermost of them saw. */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const seen = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined;
  return seen || request.socket.remoteAddress || '';
}
