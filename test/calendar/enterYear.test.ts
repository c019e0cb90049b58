import { afterEach, describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { calendar as feature, enterYear, whenCalendarGrows, workingCalendar } from '../../src/calendar/index.ts';
import { CalendarYearModel } from '../../src/calendar/yearModel.ts';
import { loadCalendar } from '../../src/calendar/workingCalendar.ts';
import { recountDeadlines } from '../../src/calendar/recount.ts';
import { type StaffRole, systemActor, type Staff, type Guest } from '../../src/kernel/actor.ts';
import { dayOf } from '../../src/kernel/calendar.ts';
import { useDatabase } from '../support/database.ts';

useDatabase([AuditEntryModel, ...(feature.models ?? [])]);

const staff = (role: StaffRole): Staff => ({
  kind: 'staff',
  id: `of-${role}`,
  name: '李明',
  language: 'zh-CN',
  requestId: 'test',
  roles: [{ role, departmentId: 'city', departmentPath: ['city'] }],
});
const guest: Guest = { kind: 'guest', id: 'g', nickname: null, language: 'zh-CN', requestId: 'test' };
const notice = [
  '一、元旦：2027年1月1日至3日放假调休，共3天。',
  '二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月20日（周六）上班。',
].join('\n');

afterEach(async () => {
  await CalendarYearModel.deleteMany({});
  await loadCalendar();
});

describe('entering a year', () => {
  it('makes the year known, records who did it, and asks for a recount', async () => {
    expect((await workingCalendar()).coveredYears.has(2027)).toBe(false);
    await expect(enterYear(staff('administrator'), { year: '2027', text: notice })).resolves.toEqual({
      year: 2027,
      days: 12,
    });
    const known = await workingCalendar();
    expect(dayOf(known, '2027-02-20')).toMatchObject({ working: true, why: 'make-up', name: '春节', certain: true });
    expect(dayOf(known, '2026-12-31')).toMatchObject({ working: true, certain: true });
    expect(dayOf(known, '2026-10-10')).toMatchObject({ working: true, why: 'make-up' });
    const [entry] = await AuditEntryModel.find().lean();
    expect(entry).toMatchObject({ verb: 'calendar.enter', target: { id: '2027' }, who: { name: '李明' } });
  });

  it('replaces a year that came with the program, but not the days its neighbour set', async () => {
    const text = '元旦：2018年1月1日放假\n春节：2月15日至22日放假';
    await enterYear(systemActor('test'), { year: 2018, text, confirm: true });
    const known = await workingCalendar();
    expect(dayOf(known, '2018-02-22').working).toBe(false);
    expect(dayOf(known, '2018-10-01').why).toBe('weekday');
    expect(dayOf(known, '2018-12-29').why).toBe('make-up');
    expect(dayOf(known, '2018-12-31').why).toBe('holiday');
  });

  it.each([
    ['clerk', notice, 'forbidden'],
    ['handler', notice, 'forbidden'],
    ['administrator', '', 'invalid'],
    ['administrator', '你好', 'invalid'],
    ['administrator', '春节：2月5日至11日放假。2月19日上班', 'invalid'], // a Friday
    ['administrator', '春节：2026年2月5日至11日放假', 'invalid'],
    ['administrator', '元旦：1月1日至3日放假', 'invalid'],
  ] as const)('refuses %s with "%s": %s', async (role, text, code) => {
    await expect(enterYear(staff(role), { year: 2027, text })).rejects.toMatchObject({ code });
    expect(await CalendarYearModel.countDocuments()).toBe(0);
  });

  it('refuses guests', async () => {
    await expect(enterYear(guest, { year: 2027, text: notice })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('hands the new calendar to every feature that keeps deadlines', async () => {
    const seen: boolean[] = [];
    whenCalendarGrows(async (calendar) => seen.push(calendar.coveredYears.has(2027)));
    await enterYear(staff('administrator'), { year: 2027, text: notice });
    await recountDeadlines.run({ year: 2027 }, { attempt: 1, last: false });
    expect(seen).toEqual([true]);
  });
});
