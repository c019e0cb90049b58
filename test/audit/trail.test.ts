import { describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { recordAudit } from '../../src/audit/index.ts';
import { listAudit } from '../../src/audit/queries.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { setClock } from '../../src/kernel/time.ts';
import { useDatabase } from '../support/database.ts';
import { actorFor, guestActor, identityModels, makeCitizen, makeDepartment, makeStaff } from '../support/identity.ts';

useDatabase(identityModels);

const target = { type: 'letter', id: 'l1', label: '路灯不亮' };

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
    expect(await count({ person: writer.id, target: '路灯不亮' })).toBe(50);
    expect(await count({ person: '别人' })).toBe(0);
    expect(
      (await listAudit(reader, { ...days, verb: 'letter.one' })).entries.every((one) => one.verb === 'letter.one'),
    ).toBe(true);
    expect((await listAudit(reader, { from: '2026-03-06', to: '2026-03-07' })).entries).toHaveLength(0);
    await expect(listAudit(reader, { person: { $gt: '' } })).rejects.toThrow(Refusal);
    await expect(listAudit(reader, { from: 'yesterday' })).rejects.toThrow(Refusal);
  });
});
