import { createHmac } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { secretFor } from '../config.ts';
import { tooMany } from '../kernel/errors.ts';
import { integerSetting, type Setting } from '../platform/settings.ts';
import { takeShared } from '../platform/sharedCounts.ts';
import { networkOf } from './network.ts';

interface Allowance {
  /** How many a person may do in the window. */
  person: number;
  /** How many may come from one network, behind which a whole street can sit; left out where the person says it all. */
  address?: number;
  /** Length of the window in seconds. */
  seconds: number;
  /** Counted for all processes together: whatever is guessed, or makes work for people. Otherwise each counts for itself. */
  shared?: boolean;
  /** What the refused read, with `seconds` and `minutes` to wait: names another way where there is one. */
  told?: string;
}

export interface RateLimit {
  middleware: RequestHandler;
  /** Counts one for who asks. Whoever is signed in counts for themselves alone: what neighbours do does not stop them. */
  count(request: Request): Promise<void>;
  /** Counts one; throws 429 with the seconds to wait. */
  consume(personId: string | undefined, address: string | undefined): Promise<void>;
}

type Counter = (key: string) => Promise<void>;
interface Counted {
  name: string;
  points: Setting<number>;
  seconds: number;
  told: string | undefined;
}

function refuse(milliseconds: number, told: string | undefined) {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const key = told ?? (seconds > 90 ? 'errors.too-many-minutes' : 'errors.too-many');
  return tooMany(seconds, key, { minutes: Math.ceil(seconds / 60) });
}

/** A limiter in the memory of this process, which follows its setting. */
function ownCounter({ name, points, seconds, told }: Counted): Counter {
  let limiter = new RateLimiterMemory({ keyPrefix: name, points: points.value(), duration: seconds });
  return async (key) => {
    if (limiter.points !== points.value()) {
      limiter = new RateLimiterMemory({ keyPrefix: name, points: points.value(), duration: seconds });
    }
    try {
      await limiter.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw refuse(error.msBeforeNext, told);
      throw error;
    }
  };
}

/** A process takes a sixteenth of a limit at a time, so that a large limit costs few writes. */
const parts = 16;
const heldMost = 20_000;

/** A limiter in the database, for all processes together: never more than the setting, whoever answers. */
function sharedCounter({ name, points, seconds, told }: Counted): Counter {
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
      if (!taken && amount === 1) throw refuse(left, told);
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
 * Declares how often something may be done, per person and per network, as two settings
 * `web.limit-<name>-person` and `web.limit-<name>-address`.
 */
export function rateLimit(name: string, allowance: Allowance): RateLimit {
  const { person, address, seconds, shared = false, told } = allowance;
  const bounds = { min: 1, max: 1_000_000, unit: `per-${seconds}-seconds` };
  const counter = (whose: 'person' | 'address', standard: number) => {
    const points = integerSetting(`web.limit-${name}-${whose}`, { default: standard, ...bounds });
    return (shared ? sharedCounter : ownCounter)({ name: `${name}:${whose[0]}`, points, seconds, told });
  };
  const ofPerson = counter('person', person);
  const ofAddress = address === undefined ? undefined : counter('address', address);
  const consume: RateLimit['consume'] = async (personId, from) => {
    if (personId !== undefined) await ofPerson(personId);
    if (from !== undefined) await ofAddress?.(networkOf(from));
  };
  const count: RateLimit['count'] = ({ actor, ip }) => {
    const isKnown = actor !== undefined && (actor.kind === 'citizen' || actor.kind === 'staff');
    return consume(actor?.id, isKnown ? undefined : ip);
  };
  return {
    consume,
    count,
    middleware: async (request, _response, next) => {
      await count(request);
      next();
    },
  };
}
