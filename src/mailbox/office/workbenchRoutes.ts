import { type Request, type Response, Router } from 'express';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { revealWriter } from '../actions/revealWriter.ts';
import type { Letter } from '../record.ts';
import { sendFile } from './files.ts';
import { actNamed } from './offers.ts';
import { nextToCall } from './resurvey.ts';
import { letterPath } from './rows.ts';
import { staffedDepartments } from './staffed.ts';
import { forgetTyped, keepTyped } from './typing.ts';
import { benchFor, letterAt, workbenchModel } from './workbench.ts';

/** /office/letters/:number: everything about one letter on one page. */
export const workbenchRoutes = Router();

const numberOf = (request: Request): string => String(request.params['number']);
const typedOf = (request: Request): Record<string, unknown> => (request.body ?? {}) as Record<string, unknown>;

workbenchRoutes.get('/:number', async (request, response) => {
  const actor = actorOf(request);
  const letter = await letterAt(actor, numberOf(request));
  if (letter.number !== numberOf(request)) return response.redirect(303, letterPath(letter.number));
  const bench = await benchFor(actor, letter, request.query);
  response.render('mailbox/staff/letter', await workbenchModel(bench));
});

workbenchRoutes.get('/:number/files/:file', async (request, response) => {
  const actor = actorOf(request);
  const letter = await letterAt(actor, numberOf(request));
  await sendFile(actor, letter, String(request.params['file']), response);
});

/** The page again after a refused form: the letter as it is now, the form as it was typed. */
async function showAgain(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const bench = await benchFor(actor, await letterAt(actor, numberOf(request)), request.query);
  const shown = { act: String(request.params['act'] ?? ''), typed: typedOf(request), refusal };
  response.render('mailbox/staff/letter', await workbenchModel(bench, shown));
}

/** Who wrote: shown on this one page and kept by no cache; the look stands in the audit trail. */
workbenchRoutes.post(
  '/:number/reveal',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    const letter = await letterAt(actor, numberOf(request));
    const writer = await revealWriter(actor, { ...typedOf(request), letterId: letter._id });
    const bench = await benchFor(actor, letter, request.query);
    response.set('Cache-Control', 'no-store');
    response.render('mailbox/staff/letter', await workbenchModel(bench, { writer }));
  }, showAgain),
);

/** Long texts while they are typed; for scripts, which say what came of it beside the form. */
workbenchRoutes.post('/:number/:act/typing', async (request, response) => {
  const actor = actorOf(request);
  const name = String(request.params['act']);
  if (actor.kind !== 'staff' || !actNamed(name)) throw notFound();
  const letter = await letterAt(actor, numberOf(request));
  response.set('Cache-Control', 'no-store').json(await keepTyped(actor, letter, name, typedOf(request)));
});

workbenchRoutes.post(
  '/:number/:act',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    const name = String(request.params['act']);
    const act = actNamed(name);
    if (!act) throw notFound();
    const letter = await letterAt(actor, numberOf(request));
    const typed = typedOf(request);
    if (typed['then'] === 'preview') return showAgain(request, response);
    await act.run(actor, { ...typed, letterId: letter._id });
    if (actor.kind === 'staff') await forgetTyped(actor, letter, name);
    const after = await stillTheirs(request);
    const path = name === 'resurvey' ? await nextToCall(actor, String(typed['sample'])) : pathAfter(after);
    const done = typed['then'] === 'submit' ? 'done-submit' : 'done';
    redirectWith(response, path, (await warningOf(letter, after)) ?? { key: `mailbox-office.acts.${name}.${done}` });
  }, showAgain),
);

const pathAfter = (letter: Letter | null): string => (letter ? letterPath(letter.number) : '/office/letters');

/** A letter that was returned or passed on may be no longer theirs to see: then they go back to their queue. */
async function stillTheirs(request: Request): Promise<Letter | null> {
  try {
    return await letterAt(actorOf(request), numberOf(request));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return null;
  }
}

/** Whoever gave a letter to a department in which nobody can sign in learns it at once. */
async function warningOf(before: Letter, after: Letter | null) {
  const { lead } = after ?? {};
  if (!lead || lead.departmentId === before.lead?.departmentId) return undefined;
  if ((await staffedDepartments())(lead)) return undefined;
  return { key: 'mailbox-office.told-unstaffed', params: { department: lead.name } };
}
