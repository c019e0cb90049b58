import { Refusal, type Message } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/language.ts';
import { translate } from '../../platform/language.ts';

/** What an acknowledgement says. */
export type Answer =
  | { ok: true; value: unknown }
  | {
      ok: false;
      error: { code: string; message: string; fields: Record<string, string>; retryAfter?: number };
    };

/** Runs what a message asks for and gives its acknowledgement; `onDefect` hears of what is not a Refusal. */
export async function answerTo(
  language: Language,
  run: () => Promise<unknown>,
  onDefect: (error: unknown) => void,
): Promise<Answer> {
  try {
    return { ok: true, value: (await run()) ?? null };
  } catch (error) {
    if (error instanceof Refusal) return refused(language, error);
    onDefect(error);
    const message = translate(language, 'errors.defect');
    return { ok: false, error: { code: 'defect', message, fields: {} } };
  }
}

/** A Refusal as an acknowledgement, in the person's language. */
export function refused(language: Language, refusal: Refusal): Answer {
  const say = (told: Message) => translate(language, told.key, told.params);
  const fields = Object.fromEntries(Object.entries(refusal.fields).map(([name, told]) => [name, say(told)]));
  const { code, told, retryAfter } = refusal;
  return {
    ok: false,
    error: { code, message: say(told), fields, ...(retryAfter === undefined ? {} : { retryAfter }) },
  };
}
