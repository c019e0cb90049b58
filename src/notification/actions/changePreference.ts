import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { type Preference, PreferenceModel, preferenceFields } from '../preference.ts';

const schema = z.object(preferenceFields);

/** A verified citizen says how and of what they want to be told; holds for their letters from now on, open ones included. */
export async function changePreference(actor: Actor, input: unknown): Promise<Preference> {
  if (actor.kind !== 'citizen') throw forbidden();
  const preference = parse(schema, input);
  await PreferenceModel.updateOne({ _id: actor.id }, { $set: preference }, { upsert: true });
  return preference;
}
