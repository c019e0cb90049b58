import mongoose, { Schema } from 'mongoose';

/** One job in the queue of MongoDB. */
export interface QueueEntry {
  _id: string;
  name: string;
  input: unknown;
  /** `urgent` waits as well, before everything that only waits: a state of its own, so that one index serves both. */
  state: 'urgent' | 'waiting' | 'running' | 'done' | 'dead';
  /** Goes before others also when it is tried again. */
  urgent?: boolean;
  runAt: Date;
  /** Turns begun. Counted when a worker takes the job, so that a job which kills its worker comes to an end too. */
  attempt: number;
  /** Set while running: whose it is, and until when unless renewed. */
  lease?: string;
  leaseUntil?: Date;
  onceKey?: string;
  timetable?: string;
  errorKind?: string;
  endedAt?: Date;
  /** When MongoDB removes the row. */
  expireAt?: Date;
}

const schema = new Schema<QueueEntry>(
  {
    _id: String,
    name: String,
    input: Schema.Types.Mixed,
    state: String,
    urgent: Boolean,
    runAt: Date,
    attempt: Number,
    lease: String,
    leaseUntil: Date,
    onceKey: String,
    timetable: String,
    errorKind: String,
    endedAt: Date,
    expireAt: Date,
  },
  { autoIndex: false, autoCreate: false, minimize: false, versionKey: false },
);
schema.index({ state: 1, runAt: 1 });
// What lease.ts asks for: the embedded database reads every entry when a filter names more than its index
schema.index({ _id: 1, state: 1, attempt: 1 });
schema.index({ _id: 1, lease: 1 });
schema.index({ state: 1, leaseUntil: 1 });
schema.index({ onceKey: 1 }, { unique: true, sparse: true });
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

/** The state in which an entry waits for its turn. */
export const waitingState = ({ urgent }: Pick<QueueEntry, 'urgent'>) => (urgent ? 'urgent' : 'waiting');

export const QueueEntryModel = mongoose.model('QueueEntry', schema, 'jobs');
