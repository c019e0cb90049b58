import type { Actor } from '../../kernel/actor.ts';
import { draftReply } from '../actions/draftReply.ts';
import { submitForSignOff } from '../actions/submitForSignOff.ts';
import { letterByNumber } from '../letterModel.ts';
import { replyLengthMax } from '../settings.ts';
import type { Bench, Field } from './act.ts';
import { answerFor } from './nearby.ts';
import { templateById } from './templateModel.ts';

/** One form, two buttons: keep the draft, or hand it to the head. */
export async function saveOrSubmit(actor: Actor, input: unknown): Promise<unknown> {
  const { then } = input as { then?: string };
  return then === 'submit' ? submitForSignOff(actor, input) : draftReply(actor, input);
}

/** The editor of a reply; begins with the draft, or with the template or past answer that was chosen. */
export async function replyFields(bench: Bench): Promise<Field[]> {
  const { say, letter } = bench;
  const taken = (await chosenText(bench)) ?? '';
  const typed = bench.typed?.['text'];
  const begun = typeof typed === 'string' ? typed : (letter.draft?.text ?? '');
  const value = taken ? (begun ? `${begun}\n\n${taken}` : taken) : begun;
  const hint = letter.draft ? say('hints.draft-of', { name: letter.draft.by.name }) : say('hints.reply');
  return [
    {
      name: 'text',
      type: 'lines',
      label: say('fields.reply'),
      hint,
      value,
      rows: 12,
      max: replyLengthMax.value(),
    },
  ];
}

/** Text of a template, or of another letter's reply that this person may read. */
async function chosenText({ asked, actor }: Bench): Promise<string | undefined> {
  if (typeof asked['template'] === 'string') return (await templateById(asked['template']))?.text;
  if (typeof asked['from'] !== 'string') return undefined;
  const other = await letterByNumber(asked['from']);
  return other && answerFor(actor, other);
}
