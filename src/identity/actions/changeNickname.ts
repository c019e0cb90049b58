import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { refuseNickname } from '../../moderation/index.ts';
import { CitizenModel } from '../citizenModel.ts';

const schema = z.object({ nickname: typedText({ min: 1, max: 16, line: true }) });

/** Changes the name under which a citizen is seen from now on. A guest's is kept by their device: give it to the door. */
export async function changeNickname(actor: Actor, input: unknown): Promise<{ nickname: string }> {
  const { nickname } = parse(schema, input);
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden();
  refuseNickname(nickname);
  if (actor.kind === 'citizen') await CitizenModel.updateOne({ _id: actor.id }, { $set: { nickname } });
  return { nickname };
}
