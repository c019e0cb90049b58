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
 * The address a handshake comes from: walking back from the connection itself through X-Forwarded-For, the first that
 * is not a proxy we trust. `trusts` is Express's own: (address, steps back) → boolean.
 */
export function addressOf(request: IncomingMessage, trusts: (address: string, steps: number) => boolean): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const way = [request.socket.remoteAddress ?? '', ...forwarded.toReversed()];
  return way.find((address, steps) => !trusts(address, steps)) ?? way.at(-1) ?? '';
}
