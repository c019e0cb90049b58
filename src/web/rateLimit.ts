import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '../kernel/errors.ts';
import { integerSetting, type Setting } from '../platform/settings.ts';

interface Allowance {
  /** How many a person may do in the window. */
  person: number;
  /** How many may come from one address, behind which a whole street can sit. */
  address: number;
  /** Length of the window in seconds. */
  seconds: number;
}

export interface RateLimit {
  middleware: RequestHandler;
  /** Counts one; throws 429 with the seconds to wait. */
  consume(personId: string | undefined, address: string | undefined): Promise<void>;
}

/** A limiter that follows its setting. */
function counter(name: string, points: Setting<number>, seconds: number) {
  let limiter = new RateLimiterMemory({ keyPrefix: name, points: points.value(), duration: seconds });
  return async (key: string) => {
    if (limiter.points !== points.value()) {
      limiter = new RateLimiterMemory({ keyPrefix: name, points: points.value(), duration: seconds });
    }
    try {
      await limiter.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw tooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
      throw error;
    }
  };
}

/**
 * Declares how often something may be done, per person and per address, as two settings
 * `web.limit-<name>-person` and `web.limit-<name>-address`.
 */
export function rateLimit(name: string, { person, address, seconds }: Allowance): RateLimit {
  const bounds = { min: 1, max: 1_000_000, unit: `per-${seconds}-seconds` };
  const ofPerson = counter(
    `${name}:p`,
    integerSetting(`web.limit-${name}-person`, { default: person, ...bounds }),
    seconds,
  );
  const ofAddress = counter(
    `${name}:a`,
    integerSetting(`web.limit-${name}-address`, { default: address, ...bounds }),
    seconds,
  );
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
