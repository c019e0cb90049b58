import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { mask, personalKinds } from '../../kernel/redaction.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import { auditTarget, closesAtOnce, publicFields, type PublicField } from '../publication.ts';
import type { Letter } from '../record.ts';
import type { PublicVersion } from '../answerRecord.ts';
import { boxMayBePublic } from '../rules.ts';

const span = z.object({ start: z.int().min(0), end: z.int().min(1), kind: z.enum(personalKinds) });
const spans = z.array(span).max(500).default([]);
const schema = z.object({
  ...whichLetter,
  visibility: z.enum(['listed', 'public']),
  /** What a person decided to mask; places in the original texts. Forms send it as JSON. */
  spans: z.preprocess(
    (value) => (typeof value === 'string' ? readJson(value) : value),
    z.object({ title: spans, body: spans, reply: spans }, say('errors.invalid-value')),
  ),
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** 公开: makes the redacted version beside the untouched original, with the writer's consent only. Again replaces it. */
export async function publishLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, visibility, spans: decided } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'publish', version);
  if (!letter.mayPublish) throw conflict('mailbox.errors.no-consent');
  if (!boxMayBePublic(letter.box)) throw conflict('mailbox.errors.box-not-public');
  const at = now();
  const texts = publicFields(letter);
  const masked = (field: PublicField) => mask(texts[field], decided[field]);
  const publicVersion: PublicVersion = {
    title: masked('title'),
    body: visibility === 'public' ? masked('body') : '',
    reply: visibility === 'public' ? masked('reply') : '',
    masked: countMasked(decided),
    at,
    by: doerOf(actor),
  };
  const moved = await moveLetter(actor, letter, 'publish', {
    set: {
      visibility,
      publicVersion,
      publishedAt: letter.publishedAt ?? at,
      ...(closesAtOnce({ ...letter, visibility }, letter.rating) ? { closeAt: at } : {}),
    },
    data: { visibility, masked: publicVersion.masked.reduce((sum, { count }) => sum + count, 0) },
  });
  const after = { visibility, masked: publicVersion.masked };
  await recordAudit(actor, {
    verb: 'letter.publish',
    target: auditTarget(letter),
    before: { visibility: letter.visibility },
    after,
  });
  return moved;
}

function countMasked(decided: Record<PublicField, { kind: PublicVersion['masked'][number]['kind'] }[]>) {
  const counts = new Map<string, PublicVersion['masked'][number]>();
  for (const [field, found] of Object.entries(decided) as [PublicField, (typeof decided)[PublicField]][]) {
    for (const { kind } of found) {
      const known = counts.get(`${field} ${kind}`) ?? { field, kind, count: 0 };
      counts.set(`${field} ${kind}`, { ...known, count: known.count + 1 });
    }
  }
  return [...counts.values()];
}
