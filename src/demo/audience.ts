import mongoose from 'mongoose';
import { archiveInterview, closeInterview, placeNext, publishQuestion, setStage } from '../interview/index.ts';
import { countPoller } from '../live/index.ts';
import { Refusal } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import { logger } from '../platform/logger.ts';
import { audienceAnswers, audienceQuestions, audienceTurns } from './content/coming.ts';
import { answer, ask, say, support, type StagedInterview } from './history.ts';
import { demoCitizen } from './people.ts';
import { seededRandom } from './random.ts';
import { approveRipe } from './review.ts';

/** Seconds between two steps of the audience: a human pace. */
const paceSeconds = 4;
/** Questions that are let through in one step: a crowd asks faster than the audience does. */
const atOnce = 3;
/** Visitors' own questions are left to whoever plays the screener for this long. */
const patienceSeconds = 90;
/** So many questions stand in the order of what is answered next. */
const inOrder = 3;
/** The interview runs this long, then the next one begins. */
export const liveHours = 2;
/** Minutes until the next one begins after somebody who plays the host has closed it by hand. */
const pauseMinutes = 10;

interface Waiting {
  _id: string;
  askerId: string;
  supports: number;
  askedAt: Date;
}
const questions = () => mongoose.connection.collection<Waiting & { interviewId: string; state: string }>('questions');
const inState = (staged: StagedInterview, state: string) =>
  questions()
    .find({ interviewId: staged.id, state })
    .project<Waiting>({ askerId: 1, supports: 1, askedAt: 1 })
    .toArray();

/** What is answered next, in its order. */
async function nextOf(interviewId: string): Promise<string[]> {
  const interviews = mongoose.connection.collection<{ _id: string; upNext?: string[] }>('interviews');
  return (await interviews.findOne({ _id: interviewId }, { projection: { upNext: 1 } }))?.upNext ?? [];
}

/** The simulated audience of the live interview: asks, supports, and stands in for screener, guests and recorder. */
export class Audience {
  running = true;
  /** The interview was closed by hand: nobody asks any more until the next one. */
  over = false;
  readonly staged: StagedInterview;
  readonly #random = seededRandom(20_261_122);
  readonly #openedAt = Date.now();
  #step = 0;
  #asked = 0;
  #answered = 0;
  #onStage: string | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(staged: StagedInterview) {
    this.staged = staged;
  }

  /** Begins to move; `renew` is called when the interview has had its time. */
  start(renew: () => Promise<void>): void {
    this.#timer = setInterval(() => void this.#tick(renew), paceSeconds * 1000);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #tick(renew: () => Promise<void>): Promise<void> {
    if (!this.running && !this.over) return;
    try {
      const closedAt = await this.#closedAt();
      this.over = closedAt !== null;
      if (closedAt && now().getTime() - closedAt.getTime() > pauseMinutes * 60_000) return await this.#renew(renew);
      if (closedAt) return;
      if (Date.now() - this.#openedAt > liveHours * 3_600_000) return await this.#finish(renew);
      await this.#move();
    } catch (error) {
      // Somebody at a desk was faster, or closed the interview: that is what the demo is for
      if (!(error instanceof Refusal)) logger.warn({ error, event: 'demo.audience' }, 'The demo audience stumbled');
    }
  }

  /** When somebody closed the interview; null while it is live. */
  async #closedAt(): Promise<Date | null> {
    const interviews = mongoose.connection.collection<{ _id: string; state: string; closedAt?: Date | null }>(
      'interviews',
    );
    const found = await interviews.findOne({ _id: this.staged.id }, { projection: { state: 1, closedAt: 1 } });
    return found?.state === 'live' ? null : (found?.closedAt ?? new Date(0));
  }

  async #renew(renew: () => Promise<void>): Promise<void> {
    this.stop();
    await renew();
  }

  async #finish(renew: () => Promise<void>): Promise<void> {
    this.stop();
    await closeInterview(this.staged.actor, { interviewId: this.staged.id });
    await archiveInterview(this.staged.actor, { interviewId: this.staged.id });
    await renew();
  }

  /** One step: mostly support and questions, every few steps an answer or a turn. */
  async #move(): Promise<void> {
    const step = (this.#step += 1);
    if (step % 3 === 0) await this.#askNext();
    if (step % 2 === 0) await this.#screen();
    if (step % 8 === 3) await this.#toStage();
    if (step % 8 === 7) await this.#answerStage();
    if (step % 9 === 5) await this.#speak(step);
    this.#watch();
    await this.#applaud();
  }

  /** The audience is there: so many watch, now a few more, now a few less. */
  #watch(): void {
    const watching = 120 + Math.floor(this.#random() * 12);
    for (let number = 0; number < watching; number += 1) {
      countPoller('interview', this.staged.id, demoCitizen(5000 + number), 'public');
    }
  }

  async #askNext(): Promise<void> {
    const text = audienceQuestions[this.#asked];
    if (text === undefined) return;
    this.#asked += 1;
    await ask(this.staged, text, 5000 + this.#asked * 3);
  }

  async #screen(): Promise<void> {
    const received = await inState(this.staged, 'received');
    const ripe = received.filter(
      ({ askerId, askedAt }) =>
        Date.now() - askedAt.getTime() > (askerId.startsWith('demo') ? paceSeconds : patienceSeconds) * 1000,
    );
    for (const { _id } of ripe.slice(0, atOnce)) {
      await publishQuestion(this.staged.actor, { interviewId: this.staged.id, questionId: _id });
    }
  }

  async #toStage(): Promise<void> {
    const open = (await inState(this.staged, 'published')).sort((a, b) => b.supports - a.supports);
    const { actor, id: interviewId } = this.staged;
    const order = await nextOf(interviewId);
    // In the order that whoever plays the host has made; otherwise what most people support
    const first = order.find((id) => open.some(({ _id }) => _id === id));
    this.#onStage = first ?? open[0]?._id ?? null;
    if (this.#onStage) await setStage(actor, { interviewId, questionId: this.#onStage });
    const coming = order.filter((id) => id !== this.#onStage);
    const added = open.filter(({ _id }) => _id !== this.#onStage && !coming.includes(_id));
    for (const { _id } of added.slice(0, Math.max(0, inOrder - coming.length))) {
      await placeNext(actor, { interviewId, questionId: _id, to: 'add' });
    }
  }

  async #answerStage(): Promise<void> {
    const given = audienceAnswers[this.#answered % audienceAnswers.length];
    if (!this.#onStage || !given) return;
    this.#answered += 1;
    await answer(this.staged, this.#onStage, given[0], given[1]);
    await approveRipe(this.staged, paceSeconds * 1000);
    this.#onStage = null;
  }

  async #speak(step: number): Promise<void> {
    const turn = audienceTurns[Math.floor(step / 9) % audienceTurns.length];
    if (turn) await say(this.staged, turn[0], turn[1]);
  }

  async #applaud(): Promise<void> {
    const open = await inState(this.staged, 'published');
    const liked = open[Math.floor(this.#random() ** 2 * open.length)];
    const from = 20_000 + Math.floor(this.#random() * 100_000);
    if (liked) await support(this.staged, liked._id, from, 1 + Math.floor(this.#random() * 3));
  }
}
