import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { byOrder } from '../cards.ts';
import { deskPage } from './desk.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { answerLengthMax } from '../settings.ts';
import { speakersOf } from '../speakers.ts';

/** The recorder's desk: who may speak, what is prepared, and the record so far. */
export async function recordingDesk(actor: Actor, interview: Interview) {
  const desk = await deskPage(actor, interview, 'recording');
  const turns = desk.view.rows
    .filter(({ kind }) => kind === 'turn')
    .sort(byOrder)
    .map((row) => ({ ...row, waiting: row['waiting'] === true, base: `${desk.base}/recording/${row.id}` }));
  const said = turns.filter((turn) => !turn.waiting);
  const open = isOpenTo('record', interview.state);
  const more = { open, releasing: isOpenTo('release', interview.state), live: interview.state === 'live' };
  const before = interview.state === 'draft' || interview.state === 'announced';
  return {
    ...desk,
    ...more,
    sheets: open ? [{ view: 'write' }, { view: 'record', counted: true, count: said.length }] : [],
    before,
    hint: before ? 'before' : more.live ? 'live' : 'after',
    speakers: speakersOf(interview),
    turns: said,
    prepared: turns.filter((turn) => turn.waiting),
    formKey: newId(16),
    pictureKey: newId(16),
    roomData: { ...desk.roomData, ...more },
    max: answerLengthMax.value(),
  };
}
