import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { settingByKey, storeSetting } from '../../platform/settings.ts';
import { canChangeSettings } from '../policy.ts';
import { refuseUnfitting } from '../settingOrder.ts';
import { nameOf } from './changeSetting.ts';

const schema = z.object({ key: z.string().max(100) });

/** Gives a setting its default again, whatever the default will be in later versions. */
export async function resetSetting(actor: Actor, input: unknown): Promise<void> {
  const { key } = parse(schema, input);
  if (!canChangeSettings(actor)) throw forbidden();
  const setting = settingByKey(key);
  const before = setting.value();
  await refuseUnfitting(actor, setting, setting.default);
  await storeSetting(key, null, nameOf(actor));
  await recordAudit(actor, {
    verb: 'setting.reset',
    target: { type: 'setting', id: key, label: key },
    before: { value: before },
    after: { value: setting.default },
  });
}
