/** How fast one socket has been talking: a bucket of messages that fills with time. */
export interface Pace {
  left: number;
  at: number;
  /** Messages that were refused since the socket last kept its pace. */
  refused: number;
}

/** Messages a socket may send at once after a silence, as a multiple of its messages per second. */
const burst = 3;
/** Refused messages after which a socket is no longer listened to. */
const patience = 300;

/** A socket that has not spoken yet; `at` in milliseconds. */
export function freshPace(perSecond: number, at: number): Pace {
  return { left: perSecond * burst, at, refused: 0 };
}

/** Counts one message: `go`, `slow` (refuse it and stop reading for a while) or `end` (this is a flood). */
export function takeMessage(pace: Pace, perSecond: number, at: number): 'go' | 'slow' | 'end' {
  pace.left = Math.min(perSecond * burst, pace.left + ((at - pace.at) / 1_000) * perSecond);
  pace.at = at;
  if (pace.left >= 1) {
    pace.left -= 1;
    if (pace.left > perSecond) pace.refused = 0;
    return 'go';
  }
  pace.refused += 1;
  return pace.refused > patience ? 'end' : 'slow';
}
