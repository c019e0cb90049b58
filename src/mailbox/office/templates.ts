import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { mayCityWide } from '../../kernel/may.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { replyLengthMax } from '../settings.ts';
import { templateById, TemplateModel, type AnswerTemplate } from './templateModel.ts';

/** Templates are words of the city, not of letters: administrators and the secretariat keep them. */
export const keepsTemplates = (actor: Actor): boolean => mayCityWide(actor, 'administrator', 'clerk');

const schema = () =>
  z.object({
    templateId: z.string().max(40).default(''),
    title: typedText({ min: 2, max: 60, line: true }),
    subject: z.string().trim().max(60).default(''),
    text: typedText({ min: 10, max: replyLengthMax.value() }),
  });

/** Adds a template, or changes the one with this identifier. Gives its identifier. */
export async function saveTemplate(actor: Actor, input: unknown): Promise<string> {
  const { templateId, ...given } = parse(schema(), input);
  if (!keepsTemplates(actor)) throw forbidden();
  const before = templateId ? await templateById(templateId) : undefined;
  if (templateId && !before) throw notFound();
  const template: AnswerTemplate = {
    _id: before?._id ?? newId(),
    ...given,
    changedAt: now(),
    changedBy: actor.kind === 'staff' ? actor.name : '',
  };
  await TemplateModel.replaceOne({ _id: template._id }, template, { upsert: true });
  await recordAudit(actor, {
    verb: 'answer-template.save',
    target: { type: 'answer-template', id: template._id, label: given.title },
    before: before && { title: before.title, subject: before.subject },
    after: { title: given.title, subject: given.subject },
  });
  return template._id;
}

/** Takes a template away; letters already answered keep their words. */
export async function removeTemplate(actor: Actor, input: unknown): Promise<void> {
  const { templateId } = parse(z.object({ templateId: z.string().max(40) }), input);
  if (!keepsTemplates(actor)) throw forbidden();
  const before = await templateById(templateId);
  if (!before) throw notFound();
  await TemplateModel.deleteOne({ _id: templateId });
  await recordAudit(actor, {
    verb: 'answer-template.remove',
    target: { type: 'answer-template', id: templateId, label: before.title },
  });
}
