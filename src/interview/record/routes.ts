import { Router, type Request, type Response } from 'express';
import { invalid, type Refusal } from '../../kernel/errors.ts';
import { cleanText } from '../../kernel/text.ts';
import { receivedFiles, receiveFiles } from '../../platform/uploads/receive.ts';
import { storeFiles } from '../../platform/uploads/store.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { addPicture } from '../actions/addPicture.ts';
import { checkPassages, importMost, importTurns } from '../actions/importTurns.ts';
import { isOpenTo } from '../interview.ts';
import { findInterview, type Interview } from '../interviewModel.ts';
import { canRecord, demand } from '../policy.ts';
import { speakersOf } from '../speakers.ts';
import { textOfFile } from './fileText.ts';
import { importPage, type TypedImport } from './importView.ts';
import { readRecord } from './readText.ts';
import { recordingDesk } from '../desks/recordingDesk.ts';

/** What the recorder sends with files: pictures, and texts to take in. Mounted at /office, before the desks. */
export const recordRoutes = Router();

const desk = (request: Request) => `/office/interviews/${String(request.params['id'])}/recording`;

async function recordersInterview(request: Request): Promise<Interview> {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  demand(canRecord(actor, interview), actor, interview);
  return interview;
}

async function showRefused(request: Request, response: Response, refusal: Refusal): Promise<void> {
  const interview = await recordersInterview(request);
  response.render('interview/desk/recording', {
    ...(await recordingDesk(actorOf(request), interview)),
    values: { picture: (request.body as Record<string, unknown>)['text'] },
    refusal: refusal.told,
    errors: refusal.fields,
  });
}

recordRoutes.post(
  '/interviews/:id/recording/picture',
  receiveFiles({ field: 'picture', filesMax: 1 }),
  formAction(async (request, response) => {
    await recordersInterview(request);
    const actor = actorOf(request);
    const files = receivedFiles(request);
    if (files.length === 0) throw invalid({ picture: { key: 'interview-record.errors.choose-picture' } });
    const [stored] = await storeFiles(files, { field: 'picture', ownerId: actor.id, kinds: ['picture'] });
    await addPicture(actor, { ...request.body, interviewId: request.params['id'], uploadId: stored?._id });
    redirectWith(response, desk(request), { key: 'interview-record.picture.done' });
  }, showRefused),
);

/** What was typed or sent, as text; a file counts before the field. */
async function typedImport(request: Request): Promise<TypedImport> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const several = (name: string) => [body[name] ?? []].flat().map(String);
  const [file] = receivedFiles(request);
  const text = cleanText(file && file.size > 0 ? await textOfFile(file, 'file') : String(body['text'] ?? ''));
  const hold = body['asked'] === undefined || body['hold'] !== undefined;
  return { text, labels: several('labels'), speakers: several('speakers'), hold };
}

async function showImport(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const interview = await recordersInterview(request);
  const body = (request.body ?? {}) as Record<string, unknown>;
  response.render('interview/desk/import', {
    ...importPage(actorOf(request), interview, null),
    open: isOpenTo('record', interview.state),
    interview: { state: interview.state },
    text: refusal ? String(body['text'] ?? '') : '',
    errors: refusal?.fields ?? {},
    refusal: refusal && Object.keys(refusal.fields).length === 0 ? refusal.told : null,
  });
}

recordRoutes.get('/interviews/:id/recording/import', (request, response) => showImport(request, response));

recordRoutes.post(
  '/interviews/:id/recording/import',
  receiveFiles({ field: 'file', filesMax: 1 }),
  formAction(async (request, response) => {
    const interview = await recordersInterview(request);
    const typed = await typedImport(request);
    if (typed.text === '') throw invalid({ text: { key: 'interview-record.errors.no-text' } });
    if (typed.text.length > importMost.characters)
      throw invalid({ text: { key: 'errors.text-too-long', params: { maximum: importMost.characters } } });
    checkPassages(readRecord(typed.text, speakersOf(interview)));
    response.render('interview/desk/import', {
      ...importPage(actorOf(request), interview, typed),
      open: true,
      errors: {},
    });
  }, showImport),
);

recordRoutes.post(
  '/interviews/:id/recording/import/write',
  receiveFiles({ field: 'file', filesMax: 1 }),
  formAction(async (request, response) => {
    const turns = await importTurns(actorOf(request), { ...request.body, interviewId: request.params['id'] });
    const done = turns.some(({ waiting }) => waiting) ? 'done-held' : 'done-public';
    redirectWith(response, desk(request), { key: `interview-record.import.${done}`, params: { count: turns.length } });
  }, showImport),
);
