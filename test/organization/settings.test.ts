import { beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { type Actor, staffRoles, systemActor } from '../../src/kernel/actor.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { languages } from '../../src/kernel/language.ts';
import { changeSetting } from '../../src/organization/actions/changeSetting.ts';
import { resetSetting } from '../../src/organization/actions/resetSetting.ts';
import { settingWords } from '../../src/organization/settingViews.ts';
import { declaredSettings, loadSettings, settingByKey, settingHistory } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { actorFor, guestActor, makeCitizen, makeDepartment, makeStaff } from '../support/identity.ts';
import { signIn } from '../support/signIn.ts';

const app = useApp();
const key = 'identity.code-tries';

async function statusOf(run: Promise<unknown>): Promise<number> {
  try {
    await run;
    return 200;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
}

describe('settings', () => {
  it.each(languages)('all have a name and an explanation in %s', (language) => {
    const wordless = declaredSettings().filter((setting) => {
      const { name, explanation } = settingWords(setting, language);
      return (
        name === setting.key ||
        explanation === '' ||
        (setting.key.startsWith('web.limit-') && /[a-z]+-[a-z]+/.test(name) && language === 'zh-CN')
      );
    });
    expect(wordless.map((setting) => setting.key)).toEqual([]);
  });

  it('read again without a change are the same values, so that what was worked out of them still holds', async () => {
    await changeSetting(systemActor('test'), { key: 'moderation.word-list', value: '甲\n乙' });
    await loadSettings();
    const first = settingByKey('moderation.word-list').value();
    await loadSettings();
    expect(settingByKey('moderation.word-list').value()).toBe(first);
    await resetSetting(systemActor('test'), { key: 'moderation.word-list' });
  });

  it('are shown one area a page, and found by their words in any width', async () => {
    const caller = await signIn(app, await makeStaff({ roles: ['administrator'] }));
    const rows = async (query: string) =>
      [...(await caller.get(`/office/settings?${query}`)).text.matchAll(/href="\/office\/settings\/([\w.-]+)"/g)].map(
        ([, found]) => found ?? '',
      );
    const ofMail = await rows('area=mailbox');
    expect(ofMail.length).toBeGreaterThan(10);
    expect(ofMail.filter((found) => !found.startsWith('mailbox.'))).toEqual([]);
    expect(await rows('area=nonsense')).not.toEqual([]);
    expect(await rows(`search=${encodeURIComponent('上班时间')}`)).toEqual(['mailbox.office-opens-at']);
    expect(await rows('search=CODE-TRIES'.replace('C', 'Ｃ'))).toEqual(['identity.code-tries']);
    expect(await rows('search=nothing-has-this-name')).toEqual([]);
  });

  const nonsense: [string, string | string[], string][] = [
    ['mailbox.office-opens-at', '25:99', 'settings.wrong.time'],
    ['mailbox.office-opens-at', '9点', 'settings.wrong.time'],
    ['mailbox.office-opens-at', '', 'settings.wrong.time'],
    ['mailbox.office-opens-at', '18:00', 'settings.wrong.not-below'],
    ['mailbox.office-closes-at', '08:30', 'settings.wrong.not-above'],
    ['mailbox.owner-leader', 'xyz', 'settings.wrong.department'],
    ['mailbox.release-free-departments', ['市教育局', 'xyz'], 'settings.wrong.department'],
    ['notification.sms-gateway', 'http://sms', 'settings.wrong.address'],
    ['notification.sms-gateway', 'abc', 'settings.wrong.address'],
    ['notification.webhooks', 'https://a.example/hook\nabc', 'settings.wrong.address-line'],
    ['statistics.grade-good', '99', 'settings.wrong.not-below'],
    ['statistics.grade-pass', '80', 'settings.wrong.not-below'],
    ['mailbox.title-length-min', '60', 'errors.out-of-bounds'],
  ];
  it.each(nonsense)('%s refuses %j at its field, and keeps what was typed', async (name, value, told) => {
    const before = settingByKey(name).value();
    await expect(changeSetting(systemActor('test'), { key: name, value })).rejects.toMatchObject({
      status: 422,
      fields: { value: { key: told } },
    });
    expect(settingByKey(name).value()).toEqual(before);
  });

  it('takes what is right, and no default back that would stand in the wrong order', async () => {
    const system = systemActor('test');
    await changeSetting(system, { key: 'statistics.grade-excellent', value: '99' });
    await changeSetting(system, { key: 'statistics.grade-good', value: '95' });
    expect(await statusOf(resetSetting(system, { key: 'statistics.grade-excellent' }))).toBe(422);
    await resetSetting(system, { key: 'statistics.grade-good' });
    await resetSetting(system, { key: 'statistics.grade-excellent' });
    const { id } = await makeDepartment();
    await changeSetting(system, { key: 'mailbox.release-free-departments', value: [id] });
    expect(settingByKey('mailbox.release-free-departments').value()).toEqual([id]);
    // Nobody there looks after the box
    expect(await statusOf(changeSetting(system, { key: 'mailbox.owner-leader', value: id }))).toBe(409);
    await makeStaff({ departmentId: id, roles: [{ role: 'clerk', departmentId: id }] });
    expect(await statusOf(changeSetting(system, { key: 'mailbox.owner-leader', value: id }))).toBe(200);
    for (const name of ['release-free-departments', 'owner-leader'])
      await resetSetting(system, { key: `mailbox.${name}` });
  });

  const actors = new Map<string, Actor>();
  beforeAll(async () => {
    const { id } = await makeDepartment();
    for (const role of staffRoles) actors.set(role, await actorFor(await makeStaff({ roles: [role] })));
    const branch = { role: 'administrator' as const, departmentId: id };
    actors.set('branch administrator', await actorFor(await makeStaff({ roles: [branch] })));
    actors.set('guest', guestActor());
    actors.set('citizen', await makeCitizen());
    actors.set('system', systemActor('test'));
  });
  const cases: [string, number][] = [
    ['administrator', 200],
    ['system', 200],
    ...['branch administrator', 'clerk', 'supervisor', 'head', 'handler', 'guest', 'citizen'].map(
      (name): [string, number] => [name, 403],
    ),
  ];
  it.each(cases)('may be changed and reset by %s: %i', async (name, status) => {
    expect(await statusOf(changeSetting(actors.get(name)!, { key, value: '7' }))).toBe(status);
    expect(await statusOf(resetSetting(actors.get(name)!, { key }))).toBe(status);
  });

  it('hold at once, within their bounds, with history and an entry of the trail', async () => {
    const actor = actors.get('administrator')!;
    await changeSetting(actor, { key, value: '8' });
    expect(settingByKey(key).value()).toBe(8);
    for (const value of ['2', '11', '5.5', 'many', '', { $gt: 1 }]) {
      expect(await statusOf(changeSetting(actor, { key, value }))).toBe(422);
    }
    expect(await statusOf(changeSetting(actor, { key: 'no.such', value: 1 }))).toBe(404);
    await resetSetting(actor, { key });
    expect(settingByKey(key).value()).toBe(5);
    expect((await settingHistory(key)).slice(0, 2).map(({ value }) => value)).toEqual([null, 8]);
    const [reset] = await AuditEntryModel.find({ verb: 'setting.reset', 'who.id': actor.id }).sort({ at: -1 }).lean();
    expect(reset).toMatchObject({ before: { value: 8 }, after: { value: 5 } });
  });
});
