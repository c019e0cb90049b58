import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid, type Refusal } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { translate } from '../../platform/language.ts';
import { receivedFiles, receiveFiles } from '../../platform/uploads/receive.ts';
import { storeFiles } from '../../platform/uploads/store.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { approvalAfterChange } from '../approval/approval.ts';
import { findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { addFiles } from './addFiles.ts';
import { addMaterialPicture, altText } from './addMaterialPicture.ts';
import { filesMax, picturesMax } from './settings.ts';
import { describePicture, removeMaterial } from './tidyMaterial.ts';
import { coverView, materialView } from './view.ts';

/** The page where an organiser brings pictures and files. */
export const materialOffice = Router();

const altOnly = z.object({ alt: altText });
const page = '/interviews/:id/material';
const home = (request: Request) => `/office/interviews/${String(request.params['id'])}/material`;

async function show(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  demand(canOrganise(actor, interview), actor, interview);
  const title = translate(actor.language, 'interview-material.title');
  const base = `/office/interviews/${interview._id}`;
  response.render('interview/staff/material', {
    layout: 'office',
    title,
    crumbs: [
      { href: '/office/interviews', text: translate(actor.language, 'interview.office.title') },
      { href: base, text: interview.topic },
      { text: title },
    ],
    base,
    approvalVoid: approvalAfterChange(actor, interview).approval !== (interview.approval ?? null),
    cover: coverView(interview),
    ...materialView(interview),
    picturesMax: picturesMax.value(),
    filesMax: filesMax.value(),
    nothing: {},
    sent: refusal ? (request.path.split('/').at(-1) ?? '') : '',
    typed: refusal ? typedIn(request) : {},
    errors: refusal?.fields ?? {},
    summary: refusal ? errorsOf(refusal) : null,
  });
}

/** Checks and keeps what came in; nothing chosen is a fault of the field. */
async function kept(request: Request, kinds: readonly ('picture' | 'document')[]): Promise<string[]> {
  const files = receivedFiles(request).filter(({ size, name }) => size > 0 || name !== '');
  if (files.length === 0) throw invalid({ files: { key: 'interview-material.errors.no-file' } });
  const stored = await storeFiles(files, { field: 'files', ownerId: actorOf(request).id, kinds });
  return stored.map(({ _id }) => _id);
}

materialOffice.get(page, (request, response) => show(request, response));

for (const as of ['cover', 'picture'] as const) {
  materialOffice.post(
    `${page}/${as}`,
    receiveFiles({ field: 'files', filesMax: 1 }),
    formAction(async (request, response) => {
      const interviewId = String(request.params['id']);
      const alt: unknown = request.body?.alt;
      parse(altOnly, { alt }); // before the file is stored: a missing word does not cost the wait
      const [uploadId] = await kept(request, ['picture']);
      await addMaterialPicture(actorOf(request), { interviewId, uploadId, alt, as });
      redirectWith(response, `${home(request)}#${as}`, { key: 'interview-material.added' });
    }, show),
  );
}

materialOffice.post(
  `${page}/files`,
  receiveFiles({ field: 'files', filesMax: 10 }),
  formAction(async (request, response) => {
    const uploadIds = await kept(request, ['document', 'picture']);
    await addFiles(actorOf(request), { interviewId: request.params['id'], uploadIds });
    redirectWith(response, `${home(request)}#files`, { key: 'interview-material.added' });
  }, show),
);

const tidying: Record<string, (actor: Actor, input: unknown) => Promise<void>> = {
  remove: removeMaterial,
  describe: describePicture,
};
for (const [name, act] of Object.entries(tidying)) {
  materialOffice.post(
    `${page}/${name}`,
    formAction(async (request, response) => {
      await act(actorOf(request), { ...request.body, interviewId: request.params['id'] });
      redirectWith(response, home(request), { key: `interview-material.done.${name}` });
    }, show),
  );
}
