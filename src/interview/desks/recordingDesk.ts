import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { answerLengthMax } from '../settings.ts';
import { speakersOf } from '../speakers.ts';
import { deskPage } from './desk.ts';

/** The recorder's desk: who may speak, and the record so far. */
export async function recordingDesk(actor: Actor, interview: Interview) {
  const desk = await deskPage(actor, interview, 'recording');
  return {
    ...desk,
    speakers: speakersOf(interview),
    turns: desk.view.rows
      .filter(({ kind }) => kind === 'turn')
      .sort((a, b) => Number(a['order']) - Number(b['order']))
      .map((row) => ({ ...row, base: `${desk.base}/recording/${row.id}` })),
    formKey: newId(16),
    roomData: { ...desk.roomData, open: isOpenTo('record', interview.state) },
    max: answerLengthMax.value(),
    open: isOpenTo('record', interview.state),
  };
}
