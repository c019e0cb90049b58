import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { preferenceFields } from '../../notification/index.ts';
import { writerFields, letterOfWriter } from '../writerAccess.ts';
import { changeIdentity } from '../writerModel.ts';

const schema = z.object({ ...writerFields, ...preferenceFields });

/** 联系偏好: the writer says how and of what they want to be told about this letter. Holds for what is sent from now on. */
export async function changeContact(actor: Actor, input: unknown): Promise<void> {
  const { number, code, extent, way } = parse(schema, input);
  const letter = await letterOfWriter(actor, number, code);
  await changeIdentity(letter._id, { preference: { extent, way } });
}
