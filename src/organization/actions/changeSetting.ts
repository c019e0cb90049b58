import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { readSettingValue, settingByKey, storeSetting } from '../../platform/settings.ts';
import { canChangeSettings } from '../policy.ts';
import { refuseHarmfulSetting } from '../settingChecks.ts';
import { refuseUnfitting } from '../settingOrder.ts';

const schema = z.object({
  key: z.string().max(100),
  value: z
    .union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(1000)).max(1000)])
    .default(''),
});

/** Gives a setting another value within its bounds. */
export async function changeSetting(actor: Actor, input: unknown): Promise<void> {
  const { key, value: raw } = parse(schema, input);
  if (!canChangeSettings(actor)) throw forbidden();
  const setting = settingByKey(key);
  const value = readSettingValue(setting, raw);
  const before = setting.value();
  if (JSON.stringify(before) === JSON.stringify(value)) return;
  await refuseUnfitting(actor, setting, value);
  await refuseHarmfulSetting(actor, key, value);
  await storeSetting(key, value, nameOf(actor));
  await recordAudit(actor, {
    verb: 'setting.change',
    target: { type: 'setting', id: key, label: key },
    before: { value: before },
    after: { value },
  });
}

/** Whom the history of a setting names. */
export const nameOf = (actor: Actor): string => (actor.kind === 'staff' ? actor.name : 'system');
