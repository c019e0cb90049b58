import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { translate } from '../../platform/language.ts';
import { chosenIn } from '../actions/importTurns.ts';
import type { Interview } from '../interviewModel.ts';
import { speakersOf } from '../speakers.ts';
import { readRecord } from './readText.ts';

/** What was sent from the import page. */
export interface TypedImport {
  text: string;
  labels: string[];
  speakers: string[];
  /** Not public yet; so unless somebody decided otherwise. */
  hold: boolean;
}

/** The import page: the empty form, or what a text would become, with what was not recognised. */
export function importPage(actor: Actor, interview: Interview, typed: TypedImport | null) {
  const say = (key: string, params?: Record<string, unknown>) => translate(actor.language, key, params);
  const base = `/office/interviews/${interview._id}`;
  const speakers = speakersOf(interview);
  const nameOf = (id: string | null) => {
    const speaker = speakers.find((one) => one.id === id);
    return speaker ? speaker.name || say('interview.roles.host') : null;
  };
  const chosen = typed ? chosenIn(typed) : new Map<string, string>();
  const passages = typed ? readRecord(typed.text, speakers, chosen) : [];
  const labels = new Set([
    ...readRecord(typed?.text ?? '', speakers).flatMap(({ label, speakerId }) => (speakerId ? [] : [label])),
  ]);
  const taken = passages.filter(({ speakerId }) => nameOf(speakerId) !== null);
  return {
    layout: 'office',
    title: say('interview-record.import.title'),
    crumbs: [
      { href: '/office/interviews', text: say('interview.office.title') },
      { href: base, text: interview.topic },
      { href: `${base}/recording`, text: say('interview.desk.recording.title') },
      { text: say('interview-record.import.title') },
    ],
    base: `${base}/recording`,
    live: interview.state === 'live',
    hold: typed?.hold ?? true,
    text: typed?.text ?? '',
    preview: typed !== null && passages.length > 0,
    taken: taken.length,
    left: passages.length - taken.length,
    passages: passages.map(({ label, speakerId, text, line }) => ({ label, name: nameOf(speakerId), text, line })),
    unknown: [...labels].slice(0, 40).map((label) => ({
      label,
      options: speakers.map(({ id, name, title }) => ({
        value: id,
        text: [name || say('interview.roles.host'), title].filter((part) => part !== '').join(' '),
        chosen: chosen.get(label) === id,
      })),
    })),
    formKey: newId(16),
  };
}
