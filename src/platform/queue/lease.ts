import { now } from '../../kernel/time.ts';
import { type QueueEntry, QueueEntryModel, waitingState } from './queueEntry.ts';
import type { Outcome } from './turn.ts';

// Due times follow the clock of kernel/time, which tests move. Leases follow the real clock: they watch processes.

/** Once-only keys and dead letters; a run by timetable is unique by its time and need not be remembered long. */
const keptDays = { asked: 90, planned: 2 };
const keptUntil = (days: number) => new Date(Date.now() + days * 86_400_000);

/**
 * Some entries that are due, the urgent ones first. Without a sort, so that a long queue is not sorted at every look: the index gives them in
 * order of `runAt` on MongoDB, and on the embedded server the order is only roughly kept while a backlog lasts.
 */
export async function waitingDue(limit: number): Promise<QueueEntry[]> {
  const due = (state: QueueEntry['state'], most: number) =>
    QueueEntryModel.find({ state, runAt: { $lte: now() } })
      .limit(most)
      .lean<QueueEntry[]>();
  const urgent = await due('urgent', limit);
  return urgent.length < limit ? [...urgent, ...(await due('waiting', limit - urgent.length))] : urgent;
}

/** Entries whose worker has stopped renewing: it was killed, or its machine is gone. */
export async function expired(limit: number): Promise<QueueEntry[]> {
  return QueueEntryModel.find({ state: 'running', leaseUntil: { $lt: new Date() } })
    .limit(limit)
    .lean();
}

/** Takes an entry for this worker unless another was quicker; gives it as it now is, or null. */
export async function claim(entry: QueueEntry, lease: string, leaseSeconds: number): Promise<QueueEntry | null> {
  const leaseUntil = new Date(Date.now() + leaseSeconds * 1000);
  // every claim counts `attempt` up, so state and attempt together say "as it was found"; an index has exactly these
  const written = await QueueEntryModel.updateOne(
    { _id: entry._id, state: entry.state, attempt: entry.attempt },
    { $set: { state: 'running', lease, leaseUntil }, $inc: { attempt: 1 } },
  );
  if (written.matchedCount === 0) return null;
  return { ...entry, state: 'running', lease, leaseUntil, attempt: entry.attempt + 1 };
}

/** Renews the leases of what still runs. */
export async function renew(entries: readonly QueueEntry[], leaseSeconds: number): Promise<void> {
  if (entries.length === 0) return;
  const leaseUntil = new Date(Date.now() + leaseSeconds * 1000);
  await QueueEntryModel.bulkWrite(
    entries.map(({ _id, lease }) => ({ updateOne: { filter: { _id, lease }, update: { $set: { leaseUntil } } } })),
    { ordered: false },
  );
}

/** Writes down how a turn ended; does nothing when the lease was lost meanwhile. */
export async function finish(entry: QueueEntry, outcome: Outcome): Promise<void> {
  const { _id, lease, onceKey } = entry;
  if (outcome.end === 'done' && onceKey === undefined) {
    await QueueEntryModel.deleteOne({ _id, lease });
    return;
  }
  await QueueEntryModel.updateOne({ _id, lease }, { ...ending(outcome, entry), $unset: unsetBy(outcome) });
}

function ending(outcome: Outcome, entry: QueueEntry) {
  if (outcome.end === 'retry') {
    const runAt = new Date(now().getTime() + outcome.delaySeconds * 1000);
    return { $set: { state: waitingState(entry), runAt, errorKind: outcome.kind } };
  }
  const days = entry.timetable !== undefined && outcome.end === 'done' ? keptDays.planned : keptDays.asked;
  const ended = { state: outcome.end, endedAt: now(), expireAt: keptUntil(days) };
  return { $set: outcome.end === 'dead' ? { ...ended, errorKind: outcome.kind } : ended };
}

function unsetBy(outcome: Outcome): Record<string, 1> {
  return outcome.end === 'done' ? { lease: 1, leaseUntil: 1, input: 1 } : { lease: 1, leaseUntil: 1 };
}
