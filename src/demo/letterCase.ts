import { addWorkingDays, cityDay, cityMoment, isWorkingDay, type WorkingCalendar } from '../kernel/calendar.ts';
import type { Member, StaffRole } from '../kernel/actor.ts';
import { sweepLetter } from '../mailbox/index.ts';
import { momentAt } from './clock.ts';
import type { LetterPlan } from './letterPlan.ts';
import type { FindOfficial } from './officials.ts';
import { seededRandom } from './random.ts';

/** The story has come to the present: what follows has not happened yet. */
export class UntilToday extends Error {}

const minutes = 60_000;

/** A letter while its story is told: its moment moves on, through office hours, until it comes to today. */
export class LetterCase {
  readonly random: () => number;
  readonly letterId: string;
  readonly number: string;
  readonly code: string;
  readonly writer: Member;
  readonly plan: LetterPlan;
  /** Where it lies now. */
  department: string;
  private readonly scene: Scene;
  private moment: Date;

  constructor(
    plan: LetterPlan,
    sent: { letterId: string; number: string; code: string },
    writer: Member,
    scene: Scene,
  ) {
    this.plan = plan;
    this.letterId = sent.letterId;
    this.number = sent.number;
    this.code = sent.code;
    this.writer = writer;
    this.scene = scene;
    this.department = plan.department;
    this.moment = plan.submittedAt;
    this.random = seededRandom(plan.seed);
  }

  official(role: StaffRole, department = this.department) {
    return this.scene.find(role === 'clerk' || role === 'supervisor' ? 'city' : department, role);
  }

  departmentId(key: string): string {
    return this.scene.departments.get(key) ?? '';
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)] as Item;
  }

  /** A deed of an official, so many working days later (0: in the next hours); `run` gets letter and actor's words. */
  async office<Result>(workingDays: number, deed: () => Promise<Result>): Promise<Result> {
    this.moment = this.nextInOffice(workingDays);
    return this.now(deed);
  }

  /** A deed of the writer, at any hour some hours or days later. */
  async home<Result>(days: number, deed: () => Promise<Result>): Promise<Result> {
    const evening = cityMoment(cityDay(new Date(this.moment.getTime() + days * 1440 * minutes)), '18:20');
    const later = new Date(evening.getTime() + this.random() * 190 * minutes);
    this.moment = later > this.moment ? later : new Date(this.moment.getTime() + 20 * minutes);
    return this.now(deed);
  }

  /** Lets working days pass with the timetable looking at the letter each morning. */
  async wait(workingDays: number): Promise<void> {
    for (let day = 0; day < workingDays; day += 1) {
      const next = addWorkingDays(this.scene.calendar, cityDay(this.moment), 1);
      this.moment = new Date(cityMoment(next, '09:00').getTime() + 5 * minutes);
      await this.now(() => sweepLetter(this.letterId));
    }
  }

  private now<Result>(deed: () => Promise<Result>): Promise<Result> {
    if (this.moment > this.scene.today) throw new UntilToday();
    return momentAt(this.moment, deed);
  }

  private nextInOffice(workingDays: number): Date {
    const { calendar } = this.scene;
    const today = cityDay(this.moment);
    const soon = new Date(this.moment.getTime() + (12 + this.random() * 75) * minutes);
    const fits =
      soon >= cityMoment(today, '09:00') && soon <= cityMoment(today, '16:50') && isWorkingDay(calendar, today);
    if (workingDays === 0 && fits) return soon;
    const early = isWorkingDay(calendar, today) && this.moment < cityMoment(today, '09:00') && workingDays === 0;
    const day = early ? today : addWorkingDays(calendar, today, Math.max(1, workingDays));
    return new Date(cityMoment(day, '09:05').getTime() + this.random() * 150 * minutes);
  }
}

/** What all stories share. */
export interface Scene {
  find: FindOfficial;
  departments: ReadonlyMap<string, string>;
  calendar: WorkingCalendar;
  today: Date;
}
