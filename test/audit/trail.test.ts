import { describe, expect, it } from '@jest/globals';
import { AuditEntryModel, type AuditEntry } from '../../src/audit/entryModel.ts';
import { exportTrail } from '../../src/audit/exportTrail.ts';
import { recordAudit } from '../../src/audit/index.ts';
import { listAudit } from '../../src/audit/queries.ts';
import { entryRow } from '../../src/audit/views.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { setClock } from '../../src/kernel/time.ts';
import { useDatabase } from '../support/database.ts';
import { actorFor, guestActor, identityModels, makeCitizen, makeDepartment, makeStaff } from '../support/identity.ts';

useDatabase(identityModels);

const target = { type: 'letter', id: 'l1', label: '路灯不亮' };

describe('the page of the trail', () => {
  it('names settings as their pages do, days in words, and things without a name by their kind', async () => {
    const by = systemActor('words');
    await recordAudit(by, { verb: 'setting.change', target: { type: 'setting', id: 'mailbox.decline-reasons' } });
    await recordAudit(by, {
      verb: 'calendar.enter',
      target: { type: 'calendar', id: '2026' },
      after: { days: ['2026-02-14 working 春节'] },
    });
    await recordAudit(by, { verb: 'question.publish', target: { type: 'question', id: 'abcdefgh2345' } });
    const found = await AuditEntryModel.find({ requestId: 'words' }).sort({ verb: 1 }).lean<AuditEntry[]>();
    const rows = found.map((entry) => entryRow(entry, 'zh-CN'));
    expect(rows.map((row) => row.target)).toEqual(['2026', '问题', '不予受理常用理由']);
    expect(rows[0]?.changes).toEqual([{ field: '放假安排', before: '—', after: '2026-02-14 上班 春节' }]);
  });

  it('is exported whole, with exact moments of the city, and that is an entry too', async () => {
    const administrator = await actorFor(await makeStaff({ roles: ['administrator'] }));
    setClock(() => new Date('2026-05-05T01:02:03Z'));
    for (let count = 0; count < 3; count += 1)
      await recordAudit(administrator, {
        verb: 'setting.change',
        target: { type: 'setting', id: 'x.y', label: '=1+1' },
      });
    const { parts } = await exportTrail(administrator, {
      verb: 'setting.change',
      from: '2026-05-05',
      to: '2026-05-05',
    });
    let file = '';
    for await (const part of parts) file += part;
    const lines = file.trim().split('\n');
    setClock();
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('2026-05-05 09:02:03');
    expect(await AuditEntryModel.countDocuments({ verb: 'audit.export' })).toBe(1);
    await expect(exportTrail(await makeCitizen(), {})).rejects.toMatchObject({ status: 403 });
  });
});

describe('an entry', () => {
  it('never holds a secret, however deep it is hidden', async () => {
    const secrets = { password: 'p1', passwordHash: 'p2', resetToken: 'p3', queryCode: 'p4', clientSecret: 'p5' };
    await recordAudit(systemActor('r1'), {
      verb: 'letter.test-secret',
      target,
      before: { ...secrets, kept: 'open' },
      after: { list: [{ nested: secrets, kept: 'open' }], 'a.b': 1, $set: 2 },
    });
    const entry = await AuditEntryModel.findOne({ verb: 'letter.test-secret' }).lean();
    expect(JSON.stringify(entry)).not.toMatch(/p[1-5]"/);
    expect(entry).toMatchObject({ before: { kept: 'open' }, after: { list: [{ kept: 'open' }] } });
  });

  it('is not made for what citizens do', async () => {
    await recordAudit(guestActor(), { verb: 'letter.test-citizen', target });
    await recordAudit(await makeCitizen(), { verb: 'letter.test-citizen', target });
    expect(await AuditEntryModel.countDocuments({ verb: 'letter.test-citizen' })).toBe(0);
  });

  const changes: [string, () => Promise<unknown>][] = [
    ['updateOne', () => AuditEntryModel.updateOne({}, { $set: { verb: 'x' } }).exec()],
    ['updateMany', () => AuditEntryModel.updateMany({}, { $set: { verb: 'x' } }).exec()],
    ['replaceOne', () => AuditEntryModel.replaceOne({}, {}).exec()],
    ['findOneAndUpdate', () => AuditEntryModel.findOneAndUpdate({}, { $set: { verb: 'x' } }).exec()],
    ['findOneAndDelete', () => AuditEntryModel.findOneAndDelete({}).exec()],
    ['deleteOne', () => AuditEntryModel.deleteOne({}).exec()],
    ['deleteMany', () => AuditEntryModel.deleteMany({}).exec()],
    ['bulkWrite', () => AuditEntryModel.bulkWrite([{ deleteOne: { filter: {} } }])],
    [
      'save',
      async () => {
        const entry = await AuditEntryModel.findOne();
        entry?.set('verb', 'x');
        return entry?.save();
      },
    ],
    ['document.deleteOne', async () => (await AuditEntryModel.findOne())?.deleteOne()],
  ];
  it.each(changes)('cannot be changed or removed by %s', async (_, change) => {
    await recordAudit(systemActor('r2'), { verb: 'letter.stays', target });
    const before = await AuditEntryModel.countDocuments();
    await expect(change()).rejects.toThrow('append-only');
    expect(await AuditEntryModel.countDocuments()).toBe(before);
  });
});

describe('reading the trail', () => {
  it.each(['clerk', 'supervisor', 'head', 'handler'] as const)('is not for a %s', async (role) => {
    await expect(listAudit(await actorFor(await makeStaff({ roles: [role] })), {})).rejects.toThrow(Refusal);
  });

  it('is for administrators of the whole city only', async () => {
    const { id } = await makeDepartment();
    const branch = await actorFor(await makeStaff({ roles: [{ role: 'administrator', departmentId: id }] }));
    await expect(listAudit(branch, {})).rejects.toThrow(Refusal);
    await expect(listAudit(await makeCitizen(), {})).rejects.toThrow(Refusal);
  });

  it('filters by person, verb, thing and day, and pages without losing or doubling an entry', async () => {
    const reader = await actorFor(await makeStaff({ roles: ['administrator'] }));
    const writer = await actorFor(await makeStaff({ roles: ['clerk'], name: '王晓明' }));
    const day = new Date('2026-03-05T02:00:00Z');
    setClock(() => day);
    for (let index = 0; index < 120; index += 1) {
      await recordAudit(writer, {
        verb: index % 2 ? 'letter.one' : 'letter.two',
        target: { ...target, id: `l${index}` },
      });
    }
    setClock();
    const days = { from: '2026-03-05', to: '2026-03-05' };
    const seen: string[] = [];
    let before = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await listAudit(reader, { ...days, before });
      seen.push(...page.entries.map((entry) => entry.target.id));
      if (!page.next) break;
      before = page.next;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    const count = async (filter: object) => (await listAudit(reader, { ...days, ...filter })).entries.length;
    expect(await count({ person: '王晓明', target: 'letter:l7' })).toBe(1);
    expect(await count({ person: writer.id, target: '路灯不亮' })).toBe(30);
    expect(await count({ person: '别人' })).toBe(0);
    expect(
      (await listAudit(reader, { ...days, verb: 'letter.one' })).entries.every((one) => one.verb === 'letter.one'),
    ).toBe(true);
    expect((await listAudit(reader, { from: '2026-03-06', to: '2026-03-07' })).entries).toHaveLength(0);
    await expect(listAudit(reader, { person: { $gt: '' } })).rejects.toThrow(Refusal);
    await expect(listAudit(reader, { from: 'yesterday' })).rejects.toThrow(Refusal);
  });
});
