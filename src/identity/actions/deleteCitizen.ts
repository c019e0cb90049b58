import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { forgetMailsTo, forgetPreference } from '../../notification/index.ts';
import { endSessions } from '../../platform/sessions.ts';
import { addressOf } from '../citizens.ts';
import { CitizenModel } from '../citizenModel.ts';
import { forgetCitizen } from '../following.ts';

const schema = z.object({ sure: z.literal('yes', say('identity.errors.not-sure')) });

/** Deletes a citizen's own account with their address; features cut their ties, all sessions end. */
export async function deleteCitizen(actor: Actor, input: unknown): Promise<void> {
  if (actor.kind !== 'citizen') throw forbidden();
  parse(schema, input);
  await forgetCitizen(actor.id); // first: a crash here leaves an account that can be deleted again
  await forgetPreference(actor.id);
  const address = await addressOf(actor.id);
  if (address) await forgetMailsTo(address);
  await CitizenModel.deleteOne({ _id: actor.id });
  await endSessions(actor.id);
}
