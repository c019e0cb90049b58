import { act, type Row } from '../live/index.ts';
import { t } from '../words.ts';
import { valuesOf } from './status.ts';
import { sayBeside } from './support.ts';

/** Follows and unfollows on the spot; `done` hears of the person's row of the question, null when there is none now. */
export function followOnTheSpot(interviewId: string, done: (questionId: string, row: Row | null) => void): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const { follow, followMail } = form.dataset;
    const questionId = follow ?? followMail;
    if (!questionId) return;
    event.preventDefault();
    if (form.dataset['busy']) return;
    form.dataset['busy'] = '1';
    const away = form.action.endsWith('/unfollow');
    const input = { interviewId, questionId, ...valuesOf(form) };
    void act(away ? 'interview.unfollow' : 'interview.follow', input).then((outcome) => {
      delete form.dataset['busy'];
      if (outcome.ok) return done(questionId, outcome.value as Row | null);
      sayBeside(form, outcome.error.message || t('interview.support.kept'));
    });
  });
}
