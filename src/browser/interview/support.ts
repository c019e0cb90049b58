import { t } from '../words.ts';
import { actProven } from './proven.ts';

/** What the work of this visitor earned: while the room is guarded, further supports need none. */
let pass: string | undefined;

/** Supports without leaving the place; what cannot be done is said beside the button. */
export function supportOnTheSpot(interviewId: string, done: (questionId: string, supports: number) => void): void {
  document.addEventListener('submit', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-support]');
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector('button');
    const questionId = form.dataset['support'] ?? '';
    if (!button || button.getAttribute('aria-pressed') === 'true' || button.dataset['busy']) return;
    button.dataset['busy'] = '1';
    const wish = { interviewId, questionId, ...(pass === undefined ? {} : { pass }) };
    const working = () => sayBeside(form, t('interview-guard.working'));
    void actProven('interview.support', wish, working).then((outcome) => {
      delete button.dataset['busy'];
      if (outcome.ok) {
        const taken = outcome.value as { supports: number; pass?: string };
        pass = taken.pass ?? pass;
        rowOf(form).querySelector(':scope > .support-told')?.remove();
        return done(questionId, taken.supports);
      }
      sayBeside(form, outcome.error.message || t('interview.support.kept'));
    });
  });
}

const rowOf = (form: HTMLFormElement) => form.closest('.question-foot, .cluster') ?? form;

/** Says something below a small form, in a line of its own: nothing beside it moves. */
export function sayBeside(form: HTMLFormElement, sentence: string): void {
  const row = rowOf(form);
  let told = row.querySelector<HTMLElement>(':scope > .support-told');
  if (!told) {
    told = document.createElement('p');
    told.className = 'support-told';
    told.setAttribute('role', 'status');
    row.append(told);
  }
  told.textContent = sentence;
}
