import { createHmac } from 'node:crypto';
import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { secretFor } from '../config.ts';
import { tooMany } from '../kernel/errors.ts';
import { integerSetting, type Setting } from '../platform/settings.ts';
import { takeShared } from '../platform/sharedCounts.ts';

interface Allowance {
  /** How many a person may do in the window. */
  person: number;
  /** How many may come from one address, behind which a whole street can sit. */
  address: number;
  /** Length of the window in seconds. */
  seconds: number;
  /** Counted for all processes together: whatever is guessed, or makes work for people. Otherwise each counts for itself. */
  shared?: boolean;
}

export interface RateLimit {
  middleware: RequestHandler;
  /** Counts one; throws 429 with the seconds to wait. */
  consume(personId: string | undefined, address: string | undefined): Promise<void>;
}

type Counter = (key: string) => Promise<void>;
interface Counted {
  name: string;
  points: Setting<number>;
  seconds: number;
}

const refuse = (milliseconds: number) => tooMany(Math.max(1, Math.ceil(milliseconds / 1000)));

/** A limiter in the memory of this process, which follows its setting. */
function ownCounter({ name, points, seconds }: Counted): Counter {
  let limiter = new RateLimiterMemory({ keyPrefix: name, points: points.value(), duration: seconds });
  return async (key) => {
    if (limiter.points !== points.value()) {
      limiter = new RateLimiterMemory({ keyPrefix: name, points: points.value(), duration: seconds });
    }
    try {
      await limiter.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw refuse(error.msBeforeNext);
      throw error;
    }
  };
}

/** A process takes a sixteenth of a limit at a time, so that a large limit costs few writes. */
const parts = 16;
const heldMost = 20_000;

/** A limiter in the database, for all processes together: never more than the setting, whoever answers. */
function sharedCounter({ name, points, seconds }: Counted): Counter {
  /** What this process has taken for itself and not used yet. */
  const held = new Map<string, { left: number; until: number }>();
  const taking = new Map<string, Promise<void>>();
  const idOf = (key: string) =>
    `${name}:${createHmac('sha256', secretFor('rate-limit')).update(key).digest('base64url')}`;

  function useHeld(key: string): boolean {
    const own = held.get(key);
    if (!own || own.left === 0 || own.until <= Date.now()) return false;
    own.left -= 1;
    if (own.left === 0) held.delete(key);
    return true;
  }

  async function take(key: string): Promise<void> {
    const [id, limit, at] = [idOf(key), points.value(), new Date()];
    for (const amount of new Set([Math.max(1, Math.floor(limit / parts)), 1])) {
      const { taken, left } = await takeShared(id, { limit, windowMs: seconds * 1000, at, amount });
      if (!taken && amount === 1) throw refuse(left);
      if (!taken) continue;
      if (held.size > heldMost) held.clear();
      held.set(key, { left: amount, until: at.getTime() + left });
      return;
    }
  }

  return async (key) => {
    // Those who come at the same moment wait for one taking, and are refused with it
    while (!useHeld(key)) {
      const under = taking.get(key) ?? take(key).finally(() => taking.delete(key));
      taking.set(key, under);
      await under;
    }
  };
}

/**
 * Declares how often something may be done, per person and per address, as two settings
 * `web.limit-<name>-person` and `web.limit-<name>-address`.
 */
export function rateLimit(name: string, { person, address, seconds, shared = false }: Allowance): RateLimit {
  const bounds = { min: 1, max: 1_000_000, unit: `per-${seconds}-seconds` };
  const counter = shared ? sharedCounter : ownCounter;
  const points = (whose: 'person' | 'address', standard: number) =>
    integerSetting(`web.limit-${name}-${whose}`, { default: standard, ...bounds });
  const ofPerson = counter({ name: `${name}:p`, points: points('person', person), seconds });
  const ofAddress = counter({ name: `${name}:a`, points: points('address', address), seconds });
  const consume: RateLimit['consume'] = async (personId, from) => {
    if (personId !== undefined) await ofPerson(personId);
    if (from !== undefined) await ofAddress(from);
  };
  return {
    consume,
    middleware: async (request, _response, next) => {
      await consume(request.actor.id, request.ip);
      next();
    },
  };
}
