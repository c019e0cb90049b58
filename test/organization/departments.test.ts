import { beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { type Actor, systemActor } from '../../src/kernel/actor.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { createDepartment } from '../../src/organization/actions/createDepartment.ts';
import { moveDepartment } from '../../src/organization/actions/moveDepartment.ts';
import { renameDepartment } from '../../src/organization/actions/renameDepartment.ts';
import { reopenDepartment } from '../../src/organization/actions/reopenDepartment.ts';
import { retireDepartment } from '../../src/organization/actions/retireDepartment.ts';
import { TreeStateModel } from '../../src/organization/departmentModel.ts';
import { departmentById, departmentPath, listDepartments } from '../../src/organization/index.ts';
import { changeTree } from '../../src/organization/tree.ts';
import { useDatabase } from '../support/database.ts';
import {
  actorFor,
  cityId,
  guestActor,
  identityModels,
  makeCitizen,
  makeDepartment,
  makeStaff,
} from '../support/identity.ts';
import '../../src/identity/index.ts';

useDatabase(identityModels);
const system = systemActor('test');

async function refusalOf(
  run: Promise<unknown>,
): Promise<{ status: number; key?: string | undefined; field?: string | undefined }> {
  try {
    await run;
    return { status: 200 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [field, told] = Object.entries(error.fields)[0] ?? [];
    return { status: error.status, key: told?.key ?? error.told.key, field };
  }
}

describe('the tree', () => {
  it('knows paths from the root and moves a whole branch', async () => {
    const city = await cityId();
    const [east, west] = [await makeDepartment({ level: 'district' }), await makeDepartment({ level: 'district' })];
    const street = await makeDepartment({ level: 'street', parentId: east.id });
    const community = await makeDepartment({ level: 'community', parentId: street.id });
    expect(await departmentPath(community.id)).toEqual([city, east.id, street.id, community.id]);
    await moveDepartment(system, { id: street.id, parentId: west.id, level: 'street', league: 'none', order: 1 });
    expect(await departmentPath(community.id)).toEqual([city, west.id, street.id, community.id]);
    expect((await listDepartments({ below: west.id })).map((one) => one.id)).toEqual([
      west.id,
      street.id,
      community.id,
    ]);
  });

  const wrong = {
    circle: { field: 'parentId', key: 'organization.errors.circle' },
    level: { field: 'level', key: 'organization.errors.level' },
    root: { field: 'parentId', key: 'organization.errors.root-exists' },
    name: { field: 'name', key: 'organization.errors.name-taken' },
  };

  it('never loops, even when two moves come at once', async () => {
    const [a, b] = [await makeDepartment({ level: 'street' }), await makeDepartment({ level: 'street' })];
    const below = (id: string, parentId: string) =>
      moveDepartment(system, { id, parentId, level: 'street', league: 'none', order: 0 });
    await below(b.id, a.id);
    expect(await refusalOf(below(a.id, b.id))).toMatchObject({ status: 422, ...wrong.circle });
    expect(await refusalOf(below(a.id, a.id))).toMatchObject({ status: 422, ...wrong.circle });
    const [c, d] = [await makeDepartment({ level: 'street' }), await makeDepartment({ level: 'street' })];
    const statuses = (await Promise.all([refusalOf(below(c.id, d.id)), refusalOf(below(d.id, c.id))])).map(
      (r) => r.status,
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(await departmentById(c.id)).toBeDefined();
    expect(await departmentById(d.id)).toBeDefined();
  });

  it('refuses a second root, a level above the parent, a name twice in one place', async () => {
    expect(await refusalOf(createDepartment(system, { name: '另一座城', level: 'city' }))).toMatchObject(wrong.root);
    const street = await makeDepartment({ level: 'street' });
    const city = { name: '太高', level: 'city', parentId: street.id };
    expect(await refusalOf(createDepartment(system, city))).toMatchObject(wrong.level);
    const twin = { name: street.name, level: 'street', parentId: await cityId() };
    expect(await refusalOf(createDepartment(system, twin))).toMatchObject(wrong.name);
  });

  it('says what is missing when nothing was chosen above, instead of speaking of rights', async () => {
    await cityId();
    const administrator = await actorFor(await makeStaff({ roles: ['administrator'] }));
    const clerk = await actorFor(await makeStaff({ roles: ['clerk'] }));
    const department = { name: '新设局', level: 'city', parentId: '' };
    expect(await refusalOf(createDepartment(administrator, department))).toMatchObject({
      status: 422,
      field: 'parentId',
      key: 'organization.errors.choose-parent',
    });
    expect(await refusalOf(createDepartment(clerk, department))).toMatchObject({ status: 403 });
  });

  it('frees a lock that a crash left behind', async () => {
    await cityId();
    const locked = { $set: { lockedUntil: new Date(Date.now() + 60_000) } };
    await TreeStateModel.updateOne({ _id: 'tree' }, locked);
    expect(await refusalOf(makeDepartment())).toMatchObject({ status: 409, key: 'organization.errors.tree-busy' });
    await TreeStateModel.updateOne({ _id: 'tree' }, { $set: { lockedUntil: new Date(Date.now() - 1) } });
    expect(await refusalOf(makeDepartment())).toMatchObject({ status: 200 });
  });

  it('leaves the lock of the next one alone when a change took longer than its own', async () => {
    await cityId();
    const later = new Date(Date.now() + 60_000);
    await changeTree(async () => {
      await TreeStateModel.updateOne({ _id: 'tree' }, { $set: { lockedUntil: later, lockedBy: 'the next one' } });
    });
    expect((await TreeStateModel.findById('tree').lean())?.lockedUntil).toEqual(later);
    await TreeStateModel.updateOne({ _id: 'tree' }, { $set: { lockedUntil: new Date(Date.now() - 1) } });
  });
});

describe('ending a department', () => {
  it('waits for what hangs below it and for the people in it', async () => {
    const bureau = await makeDepartment();
    const below = await makeDepartment({ parentId: bureau.id });
    const end = (id: string) => refusalOf(retireDepartment(system, { id }));
    expect(await end(bureau.id)).toMatchObject({ status: 409, key: 'organization.errors.has-children' });
    await makeStaff({ roles: [{ role: 'handler', departmentId: below.id }] });
    expect(await end(below.id)).toMatchObject({ status: 409, key: 'identity.errors.department-has-accounts' });
    const free = await makeDepartment();
    expect(await end(free.id)).toMatchObject({ status: 200 });
    expect((await listDepartments()).map((one) => one.id)).not.toContain(free.id);
    expect((await listDepartments({ retired: true })).map((one) => one.id)).toContain(free.id);
    expect(await end(free.id)).toMatchObject({ status: 409 });
    await reopenDepartment(system, { id: free.id });
    expect((await departmentById(free.id))?.active).toBe(true);
    expect(await end(await cityId())).toMatchObject({ status: 409, key: 'organization.errors.root-stays' });
  });
});

describe('who may change the tree', () => {
  let district = '';
  const actors = new Map<string, Actor>();
  beforeAll(async () => {
    district = (await makeDepartment({ level: 'district', name: '海湾区' })).id;
    const inDistrict = async (role: 'administrator' | 'clerk' | 'supervisor' | 'head' | 'handler') =>
      actorFor(await makeStaff({ roles: [{ role, departmentId: district }] }));
    const other = (await makeDepartment({ level: 'district', name: '山前区' })).id;
    actors.set('city administrator', await actorFor(await makeStaff({ roles: ['administrator'] })));
    actors.set('district administrator', await inDistrict('administrator'));
    const elsewhere = { role: 'administrator' as const, departmentId: other };
    actors.set('other administrator', await actorFor(await makeStaff({ roles: [elsewhere] })));
    for (const role of ['clerk', 'supervisor', 'head', 'handler'] as const) actors.set(role, await inDistrict(role));
    actors.set('guest', guestActor());
    actors.set('citizen', await makeCitizen());
  });
  const fresh = () => makeDepartment({ level: 'district', parentId: district });
  const verbs: Record<string, (who: Actor) => Promise<unknown>> = {
    create: (who) => createDepartment(who, { name: `新设${Math.random()}`, level: 'district', parentId: district }),
    rename: async (who) => renameDepartment(who, { id: (await fresh()).id, name: `改名${Math.random()}` }),
    move: async (who) => {
      const place = { parentId: district, level: 'district', league: 'none', order: 5 };
      return moveDepartment(who, { id: (await fresh()).id, ...place });
    },
    retire: async (who) => retireDepartment(who, { id: (await fresh()).id }),
    reopen: async (who) => {
      const { id } = await fresh();
      await retireDepartment(system, { id });
      await reopenDepartment(who, { id });
    },
  };
  const allowed = ['city administrator', 'district administrator'];
  const refused = ['other administrator', 'clerk', 'supervisor', 'head', 'handler', 'guest', 'citizen'];
  const cases = Object.keys(verbs).flatMap((verb) => [
    ...allowed.map((who) => [verb, who, 200] as const),
    ...refused.map((who) => [verb, who, 403] as const),
  ]);
  it.each(cases)('%s by %s: %i', async (verb, who, status) => {
    expect((await refusalOf(verbs[verb]!(actors.get(who)!))).status).toBe(status);
  });

  it('leaves an entry with before and after of every change', async () => {
    const who = actors.get('district administrator')!;
    const { id, name } = await fresh();
    await renameDepartment(who, { id, name: '新名称', nameEnglish: 'New name' });
    await moveDepartment(who, { id, parentId: district, level: 'district', league: 'districts', order: 7 });
    await retireDepartment(who, { id });
    const entries = await AuditEntryModel.find({ 'target.id': id, 'who.id': who.id }).lean();
    const byVerb = new Map(entries.map((entry) => [entry.verb, entry]));
    expect(byVerb.get('department.rename')).toMatchObject({ before: { name }, after: { name: '新名称' } });
    expect(byVerb.get('department.move')).toMatchObject({
      before: { order: 0 },
      after: { order: 7, league: 'districts' },
    });
    expect(byVerb.get('department.retire')).toMatchObject({ before: { active: true }, after: { active: false } });
  });
});
