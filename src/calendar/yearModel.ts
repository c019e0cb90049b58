import mongoose, { Schema } from 'mongoose';
import type { NoticeDay } from './notice.ts';

/** The notice of one year as an administrator entered it; comes before the one the program brought along. */
export interface CalendarYear {
  /** The year, `2027`. */
  _id: string;
  days: NoticeDay[];
  enteredAt: Date;
  enteredBy: string;
}

const schema = new Schema<CalendarYear>(
  {
    _id: String,
    days: [{ _id: false, day: String, kind: String, name: String }],
    enteredAt: Date,
    enteredBy: String,
  },
  { autoIndex: false, autoCreate: false },
);

export const CalendarYearModel = mongoose.model('CalendarYear', schema, 'calendarYears');
