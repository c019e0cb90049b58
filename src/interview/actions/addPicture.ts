import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { attachUploads, findUpload } from '../../platform/uploads/store.ts';
import { formKey, id, ticked } from '../fields.ts';
import { lastRank, newTurn, sameTurn } from '../record/newTurn.ts';
import { pictureOwner } from '../record/pictures.ts';
import { TurnModel, type Turn } from '../turnModel.ts';
import { asRecorder } from './recordTurn.ts';

const schema = z.object({
  interviewId: id,
  uploadId: z.string().max(40),
  text: typedText({ min: 2, max: 200, line: true }),
  hold: ticked,
  formKey,
});
const nobody = { id: '', name: '', title: '' };

/**
 * The recorder puts a picture 图片 into the record; `text` says what it shows, for those who cannot see it. `uploadId`
 * is a stored picture of this person that belongs to nothing yet.
 */
export async function addPicture(actor: Actor, input: unknown) {
  const { interviewId, uploadId, text, hold, formKey: key } = parse(schema, input);
  return asRecorder(actor, interviewId, async (interview, revision) => {
    const there = await TurnModel.findOne({ interviewId, formKey: key }).lean<Turn>();
    if (there) return sameTurn(there, text);
    const upload = await findUpload(uploadId);
    const order = await lastRank(interviewId);
    const picture = { uploadId, width: upload?.width ?? 0, height: upload?.height ?? 0 };
    const turn = newTurn(actor, interview, { speaker: nobody, text, hold, formKey: key, order, revision, picture });
    const mine = upload?.kind === 'picture' ? await attachUploads([uploadId], actor.id, pictureOwner(turn._id)) : 0;
    if (mine === 0) throw invalid({ picture: { key: 'interview-record.errors.no-picture' } });
    await TurnModel.create(turn);
    return turn;
  });
}
