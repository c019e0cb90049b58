import { act } from '../live/index.ts';
import { t } from '../words.ts';
import { sayBeside } from './support.ts';

/** Takes an own question back on the spot; `done` hears which, and of its words, which can be asked anew. */
export function withdrawOnTheSpot(interviewId: string, done: (questionId: string, text: string) => void): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const questionId = form.dataset['withdraw'];
    if (!questionId) return;
    event.preventDefault();
    if (form.dataset['busy']) return;
    form.dataset['busy'] = '1';
    void act('interview.withdraw', { interviewId, questionId }).then((outcome) => {
      delete form.dataset['busy'];
      if (outcome.ok) return done(questionId, (outcome.value as { text: string }).text);
      sayBeside(form, outcome.error.message || t('interview.support.kept'));
    });
  });
}
