import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { calendar } from '../../src/calendar/index.ts';
import type { Staff, StaffRole } from '../../src/kernel/actor.ts';
import { pageLocals } from '../../src/web/locals.ts';
import { readCookies } from '../../src/web/cookies.ts';
import { sessions } from '../../src/web/session.ts';
import { errorHandler } from '../../src/web/errorHandler.ts';
import { registerViews } from '../../src/web/views/engine.ts';
import { useDatabase } from '../support/database.ts';

useDatabase([AuditEntryModel, ...(calendar.models ?? [])]);

let role: StaffRole = 'administrator';
let server: Server;
let base = '';
beforeAll(async () => {
  const app = express();
  registerViews(app);
  app.use(express.urlencoded(), sessions());
  app.use((request, _response, next) => {
    const roles = [{ role, departmentId: 'city', departmentPath: ['city'] }];
    const actor: Staff = { kind: 'staff', id: 'a', name: '李明', language: 'zh-CN', requestId: 'test', roles };
    request.cookies = readCookies(request);
    request.actor = actor;
    request.device = { id: 'device', nickname: null };
    next();
  });
  app.use(pageLocals(calendar.navigation ?? []));
  if (calendar.office) app.use('/office', calendar.office);
  app.use(errorHandler);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/office/calendar`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const enter = (text: string) =>
  fetch(base, { method: 'POST', body: new URLSearchParams({ year: '2027', text }), redirect: 'manual' });

describe('the page of the calendar', () => {
  it('shows a year with its holidays and make-up days', async () => {
    role = 'handler';
    const page = await (await fetch(`${base}?year=2026`)).text();
    expect(page).toContain('2026-02-15 – 2026-02-23');
    expect(page).toContain('上班（调休）');
    expect(page).toContain('248');
    expect(page).not.toContain('<textarea');
  });

  it('says that a year is not known, takes its notice, and keeps what could not be read', async () => {
    role = 'administrator';
    expect(await (await fetch(`${base}?year=2027`)).text()).toContain('2027年的放假通知还没有录入');
    const refused = await enter('春节：2月5日至11日放假\n<b>不明白</b>');
    expect(refused.status).toBe(422);
    const again = await refused.text();
    expect(again).toContain('第 2 行看不懂：&lt;b&gt;不明白&lt;/b&gt;');
    expect(again).toContain('春节：2月5日至11日放假');
    const taken = await enter('春节：2月5日至11日放假调休，共7天。1月31日（周日）上班。');
    expect([taken.status, taken.headers.get('location')]).toEqual([303, '/office/calendar?year=2027']);
    expect(await (await fetch(`${base}?year=2027`)).text()).toContain('2027-02-05 – 2027-02-11');
  });
});
