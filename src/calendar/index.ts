import type { Feature } from '../feature.ts';
import { canSeeCalendar } from './policy.ts';
import { recountDeadlines } from './recount.ts';
import { calendarOffice } from './staffRoutes.ts';
import { CalendarYearModel } from './yearModel.ts';

export { enterYear } from './actions/enterYear.ts';
export { type ExplanationRow, explanationView } from './explanationView.ts';
export { whenCalendarGrows, type Recount } from './recount.ts';
export { workingCalendar } from './workingCalendar.ts';

/** The city's working calendar 工作日历: the yearly notices behind every deadline. */
export const calendar: Feature = {
  name: 'calendar',
  models: [CalendarYearModel],
  jobs: [recountDeadlines],
  office: calendarOffice,
  navigation: [
    { area: 'office', key: 'calendar.title', href: '/office/calendar', order: 800, allowed: canSeeCalendar },
  ],
};
