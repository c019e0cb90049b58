/** A confirmed import that still waits for its turn is forgotten after a week, its passwords a day after its end. */
const days = { waiting: 7, passwords: 1 };
const after = (moment: Date, count: number): Date => new Date(moment.getTime() + count * 86_400_000);

/** Until when an import confirmed at this moment may be carried out. */
export const waitsUntil = (confirmedAt: Date): Date => after(confirmedAt, days.waiting);

/** Until when the passwords of an import that ended at this moment can be fetched. */
export const passwordsUntil = (endedAt: Date): Date => after(endedAt, days.passwords);
