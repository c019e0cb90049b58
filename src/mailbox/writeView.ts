import { z } from 'zod';
import { addressOf } from '../identity/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { canSendTexts, preferenceFields, preferenceOf, preferenceView } from '../notification/index.ts';
import { departmentOptions, listDepartments, nameInLanguage } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { suggestDepartments } from './departmentSuggestion.ts';
import { fileIds, filesField } from './formFiles.ts';
import { type Box, boxes, letterKinds } from './letter.ts';
import { publicRow } from './publicView.ts';
import { similarPublic } from './publicQueries.ts';
import { boxMayBePublic } from './rules.ts';
import * as settings from './settings.ts';

/** What was typed so far; each step carries it on in hidden fields. */
export type Typed = Readonly<Record<string, unknown>>;

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

const carriedFields = ['kind', 'box', 'title', 'body', 'wishedDepartmentId', 'formKey'] as const;

/** Step 1: what it is about. */
export function firstStep({ language }: Actor, typed: Typed) {
  return {
    step: 1,
    values: {
      kind: text(typed, 'kind'),
      box: text(typed, 'box') || 'unified',
      title: text(typed, 'title'),
      // Going back for the title must not cost the letter
      body: text(typed, 'body'),
      // Another letter than the one that is kept: it takes its place and nothing of it
      formKey: text(typed, 'formKey') || newId(24),
      wishedDepartmentId: text(typed, 'wishedDepartmentId'),
      attachments: fileIds(typed),
    },
    kinds: letterKinds.map((value) => ({
      value,
      label: translate(language, `mailbox.kinds.${value}`),
      hint: translate(language, `mailbox.kind-hints.${value}`),
    })),
    boxes: boxes.map((value) => ({
      value,
      label: translate(language, `mailbox.boxes.${value}`),
      hint: translate(language, `mailbox.box-hints.${value}`),
    })),
    titleMax: settings.titleLengthMax.value(),
  };
}

/** The rest is folded: on a phone many lines would hide the letter that is to be written. */
const openAtFirst = 3;

/** So sure it must be that a citizen is shown a department at all. */
const offeredFrom = 0.6;

/** Step 2: similar answers before anything is written, then the letter itself; a department is offered, never chosen. */
export async function secondStep(actor: Actor, typed: Typed) {
  const title = text(typed, 'title');
  const about = `${title}\n${text(typed, 'body')}`;
  const [similar, suggested, departments] = await Promise.all([
    similarPublic(about),
    suggestDepartments({ title, text: text(typed, 'body') || title }, 1),
    listDepartments(),
  ]);
  const rows = similar.map((letter) => publicRow(letter, actor.language));
  const wishedDepartmentId = text(typed, 'wishedDepartmentId');
  const [likeliest] = suggested;
  const offered = wishedDepartmentId === '' && likeliest && likeliest.confidence >= offeredFrom ? likeliest : null;
  return {
    step: 2,
    values: { ...carried(typed), body: text(typed, 'body'), wishedDepartmentId },
    similar: rows.slice(0, openAtFirst),
    similarMore: rows.slice(openAtFirst),
    suggestion: offered && {
      departmentId: offered.departmentId,
      name: nameInLanguage(offered.name, actor.language),
    },
    departments: departmentOptions(
      departments.filter(({ parentId }) => parentId !== null),
      actor.language,
    ),
    files: await filesField(actor, typed),
    bodyMax: settings.bodyLengthMax.value(),
  };
}

/** Step 3: who writes and how to reach them, publish or not. */
export async function thirdStep(actor: Actor, typed: Typed) {
  const values = carried(typed);
  const shownBefore = text(typed, 'sent') !== '';
  const proved = actor.kind === 'citizen' && !shownBefore ? await addressOf(actor.id) : undefined;
  return {
    step: 3,
    values: {
      ...values,
      name: text(typed, 'name'),
      phone: text(typed, 'phone'),
      email: text(typed, 'email') || (proved ?? ''),
      address: text(typed, 'address'),
      mayPublish: text(typed, 'mayPublish'),
    },
    files: await filesField(actor, typed),
    preference: preferenceView(await wishTyped(actor, typed), actor.language),
    nameOptional: !settings.nameRequired.value(),
    // Without a gateway for text messages a telephone number alone brings no news
    phoneHint: translate(
      actor.language,
      canSendTexts() ? 'mailbox.write.phone-hint' : 'mailbox.write.phone-hint-calls',
    ),
    consents: boxMayBePublic(values.box as Box)
      ? ['1', '0'].map((value) => ({
          value,
          label: translate(actor.language, `mailbox.write.publish-${value === '1' ? 'yes' : 'no'}`),
        }))
      : null,
  };
}

/** What was chosen in the form, at first what the account says. */
async function wishTyped(actor: Actor, typed: Typed) {
  const chosen = z.object(preferenceFields).safeParse(typed);
  return text(typed, 'sent') !== '' && chosen.success ? chosen.data : preferenceOf(actor.id);
}

function carried(typed: Typed): Record<(typeof carriedFields)[number], string> {
  const kept = Object.fromEntries(carriedFields.map((name) => [name, text(typed, name)])) as Record<
    (typeof carriedFields)[number],
    string
  >;
  return { ...kept, box: kept.box || 'unified', formKey: kept.formKey || newId(24) };
}
