import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid, notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { remark, whichLetter } from '../fields.ts';
import { requireLetter } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import { auditTarget } from '../publication.ts';
import { revealBasis } from '../reveal.ts';
import { openIdentity, type WriterIdentity } from '../writerModel.ts';

const schema = z.object({ letterId: whichLetter.letterId, reason: remark });

/**
 * 查看来信人信息: shows who wrote and how to reach them. Every look is an audit entry, written before it is shown; a
 * supervisor's look for a re-survey names its reason and the sample.
 */
export async function revealWriter(actor: Actor, input: unknown): Promise<WriterIdentity | null> {
  const { letterId, reason } = parse(schema, input);
  const letter = await requireLetter(letterId);
  if (!canRead(actor, letter)) throw notFound('mailbox.errors.no-letter');
  const basis = await revealBasis(actor, letter);
  if (!basis) throw forbidden('mailbox.errors.not-your-part');
  if (basis.kind === 'resurvey' && reason.length < 2) throw invalid({ reason: { key: 'errors.required' } });
  const after = basis.kind === 'resurvey' ? { reason, sample: basis.sample } : reason ? { reason } : undefined;
  await recordAudit(actor, { verb: 'letter.reveal-writer', target: auditTarget(letter), after });
  return openIdentity(letterId);
}
