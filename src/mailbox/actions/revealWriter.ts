import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { whichLetter } from '../fields.ts';
import { requireLetter } from '../letterModel.ts';
import { canRead, canRevealWriter } from '../policy.ts';
import { auditTarget } from '../publication.ts';
import { openIdentity, type WriterIdentity } from '../writerModel.ts';

const schema = z.object({ letterId: whichLetter.letterId });

/** 查看来信人信息: shows who wrote and how to reach them. Every look is an audit entry, written before it is shown. */
export async function revealWriter(actor: Actor, input: unknown): Promise<WriterIdentity | null> {
  const { letterId } = parse(schema, input);
  const letter = await requireLetter(letterId);
  if (!canRead(actor, letter)) throw notFound('mailbox.errors.no-letter');
  if (!canRevealWriter(actor, letter)) throw forbidden('mailbox.errors.not-your-part');
  await recordAudit(actor, { verb: 'letter.reveal-writer', target: auditTarget(letter) });
  return openIdentity(letterId);
}
