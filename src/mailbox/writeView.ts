import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import type { Language } from '../kernel/language.ts';
import { preferenceFields, preferenceOf, preferenceView } from '../notification/index.ts';
import { departmentOptions, listDepartments, nameInLanguage } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { findUpload } from '../platform/uploads/store.ts';
import { suggestDepartments } from './departmentSuggestion.ts';
import { boxes, letterKinds } from './letter.ts';
import { publicRow } from './publicView.ts';
import { similarPublic } from './publicQueries.ts';
import * as settings from './settings.ts';

/** What was typed so far; each step carries it on in hidden fields. */
export type Typed = Readonly<Record<string, unknown>>;

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

const carriedFields = ['kind', 'box', 'title', 'body', 'wishedDepartmentId', 'formKey'] as const;

/** Step 1: what it is about. */
export function firstStep(language: Language, typed: Typed) {
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
    boxes: boxes.map((value) => ({ value, label: translate(language, `mailbox.boxes.${value}`) })),
    titleMax: settings.titleLengthMax.value(),
  };
}

/** The rest is folded: on a phone five answers would hide the letter that is to be written. */
const openAtFirst = 2;

/** Step 2: similar answers and a suggested department before anything is written, then the letter itself. */
export async function secondStep(actor: Actor, typed: Typed) {
  const title = text(typed, 'title');
  const about = `${title}\n${text(typed, 'body')}`;
  const [similar, suggested, departments] = await Promise.all([
    similarPublic(about),
    suggestDepartments({ title, text: text(typed, 'body') || title }, 1),
    listDepartments(),
  ]);
  const rows = similar.map((letter) => publicRow(letter, actor.language));
  const wished = text(typed, 'wishedDepartmentId') || suggested[0]?.departmentId || '';
  const suggestion = suggested[0]?.departmentId === wished ? suggested[0] : undefined;
  return {
    step: 2,
    values: { ...carried(typed), body: text(typed, 'body'), wishedDepartmentId: wished },
    similar: rows.slice(0, openAtFirst),
    similarMore: rows.slice(openAtFirst),
    suggestion: suggestion
      ? { name: nameInLanguage(suggestion.name, actor.language), percent: Math.round(suggestion.confidence * 100) }
      : null,
    departments: departmentOptions(
      departments.filter(({ parentId }) => parentId !== null),
      actor.language,
    ),
    files: await filesOf(actor, typed),
    filesMax: settings.attachmentsMax.value(),
    bodyMax: settings.bodyLengthMax.value(),
  };
}

/** Step 3: who writes and how to reach them, publish or not. */
export async function thirdStep(actor: Actor, typed: Typed) {
  return {
    step: 3,
    values: {
      ...carried(typed),
      name: text(typed, 'name'),
      phone: text(typed, 'phone'),
      email: text(typed, 'email'),
      address: text(typed, 'address'),
      // Published unless the writer takes the tick away: others have the same question
      mayPublish: text(typed, 'sent') === '' || text(typed, 'mayPublish') !== '',
    },
    files: await filesOf(actor, typed),
    preference: preferenceView(await wishTyped(actor, typed), actor.language),
    nameOptional: !settings.nameRequired.value(),
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

/** Identifiers of files sent in an earlier step; only the sender's own ones that belong to nothing yet. */
export function fileIds(typed: Typed): string[] {
  const given = typed['attachments'];
  const ids = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return ids.filter((id): id is string => typeof id === 'string' && id.length < 40).slice(0, 20);
}

async function filesOf(actor: Actor, typed: Typed) {
  const uploads = await Promise.all(fileIds(typed).map((id) => findUpload(id)));
  return uploads.flatMap((upload) =>
    upload && upload.ownerId === actor.id && !upload.attachedTo ? [{ id: upload._id, name: upload.name }] : [],
  );
}
