import { t } from '../words.ts';
import type { Outcome } from '../live/index.ts';
import { deskAct, sentenceOf } from './desk.ts';
import { valuesOf } from './status.ts';

const pauseMs = 1_200;

export interface KeptAnswer {
  publish(): void;
  /** Takes what others saved, unless somebody is writing here; what was said of the answer goes with its stage. */
  follow(draft: string, version: number, stage: string): void;
}

const reached: Record<string, () => string> = {
  out: () => t('interview-review.told.out'),
  agreeing: () => t('interview-review.told.agreeing'),
  reviewing: () => t('interview-review.told.reviewing'),
  ready: () => t('interview-review.told.ready'),
};

/** One answer that saves itself: to the server while there is one, to this device all the time. */
export function keepAnswer(form: HTMLFormElement, interviewId: string): KeptAnswer {
  const text = form.querySelector('textarea') as HTMLTextAreaElement;
  const version = form.querySelector('input[name="version"]') as HTMLInputElement;
  const told = form.querySelector('.answering-told') as HTMLElement;
  const questionId = form.dataset['question'] ?? '';
  const localKey = `wz-answer ${interviewId} ${questionId} ${valuesOf(form)['guestId'] ?? ''}`;
  let saved = text.value;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let stageSeen = '';
  let stageTold = '';

  async function send(name: 'save' | 'publish'): Promise<void> {
    clearTimeout(timer);
    const typed = text.value;
    if (name === 'save' && (typed === saved || stopped)) return;
    told.textContent = t('interview.desk.answering.saving');
    const outcome = await deskAct(name, { ...valuesOf(form), text: typed, questionId });
    if (outcome.ok) {
      const { version: saves, stage } = outcome.value as { version: number; stage: string };
      version.value = String(saves);
      saved = typed;
      stopped = false;
      localStorage.removeItem(localKey);
      stageTold = (name === 'publish' && reached[stage]?.()) || '';
      told.textContent = stageTold || t('interview.desk.answering.saved');
      return;
    }
    const away = ['offline', 'no-answer'].includes(outcome.error.code);
    // Somebody else saved: nothing is overwritten by itself from here on
    stopped = outcome.error.code === 'conflict' && typed !== saved;
    told.textContent = away ? t('interview.desk.answering.kept') : refusalOf(outcome, typed === saved);
    if (away) timer = setTimeout(() => queue('save'), 5_000);
  }
  function queue(name: 'save' | 'publish'): void {
    busy = busy.then(() => send(name));
  }

  text.addEventListener('input', () => {
    localStorage.setItem(localKey, text.value);
    if (text.value !== saved) told.textContent = t('interview.desk.answering.unsaved');
    clearTimeout(timer);
    timer = setTimeout(() => queue('save'), pauseMs);
  });
  text.addEventListener('blur', () => queue('save'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    queue(event.submitter?.hasAttribute('data-publish') ? 'publish' : 'save');
  });
  offerKept(form, text, told, localKey);
  return {
    publish: () => queue('publish'),
    follow(draft, saves, stage) {
      if (stage !== stageSeen && stageTold !== '' && told.textContent === stageTold) {
        told.textContent = stageTold = reached[stage]?.() ?? '';
      }
      stageSeen = stage;
      const writing = text.value !== saved || document.activeElement === text;
      if (writing || saves <= Number(version.value)) return;
      text.value = saved = draft;
      version.value = String(saves);
    },
  };
}

/** Why it was not taken, where one works: “nothing was changed” is not said together with “not saved yet”. */
function refusalOf(outcome: Extract<Outcome, { ok: false }>, unchanged: boolean): string {
  return unchanged ? sentenceOf(outcome) : t('interview.desk.answering.unsaved');
}

/** Text that was typed here and never reached the server is offered, not forced. */
function offerKept(form: HTMLFormElement, text: HTMLTextAreaElement, told: HTMLElement, localKey: string): void {
  const kept = localStorage.getItem(localKey);
  if (kept === null || kept.trim() === text.value.trim()) return void localStorage.removeItem(localKey);
  const box = document.createElement('div');
  box.className = 'notice kept-text';
  const words = document.createElement('p');
  words.textContent = `${t('interview.desk.answering.restored')} ${kept.slice(0, 120)}`;
  const button = (sentence: string, then: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button button-secondary';
    made.textContent = sentence;
    made.addEventListener('click', () => {
      box.remove();
      then();
    });
    return made;
  };
  const restore = () => {
    text.value = kept;
    text.dispatchEvent(new Event('input', { bubbles: true }));
    text.focus();
  };
  box.append(
    words,
    button(t('interview.desk.answering.restore'), restore),
    button(t('interview.desk.answering.discard'), () => localStorage.removeItem(localKey)),
  );
  form.insertBefore(box, told);
}
