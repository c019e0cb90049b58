import { invalid } from '../kernel/errors.ts';
import type { Actor } from '../kernel/actor.ts';
import { outOfOrder, type Setting, type SettingValue } from '../platform/settings.ts';
import { settingWords, valueWords } from './settingViews.ts';
import { listDepartments } from './tree.ts';

/** Throws a 422 on `value` when it names no department there is, or would stand in the wrong order with another setting. */
export async function refuseUnfitting(actor: Actor, setting: Setting, value: SettingValue): Promise<void> {
  if (setting.says === 'department') {
    const known = new Set((await listDepartments()).map(({ id }) => id));
    const unknown = [value].flat().find((id) => id !== '' && !known.has(String(id)));
    if (unknown !== undefined) throw invalid({ value: { key: 'settings.wrong.department' } });
  }
  const wrong = outOfOrder(setting, value);
  if (!wrong) return;
  const { language } = actor;
  const params = {
    name: settingWords(wrong.other, language).name,
    value: valueWords(wrong.other, wrong.other.value(), language),
  };
  throw invalid({ value: { key: `settings.wrong.not-${wrong.side}`, params } });
}
