import { t } from '../words.ts';

const staysMs = 10_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Offers to take the last deed back, for ten seconds; gives the function that does so (for a key). */
export function showUndo(sentence: string, key: string, takeBack: () => void): () => void {
  const place = document.getElementById('undo-place');
  if (!place) return takeBack;
  clearTimeout(timer);
  const box = document.createElement('div');
  box.className = 'undo undo-fixed';
  box.setAttribute('role', 'status');
  const words = document.createElement('p');
  words.textContent = sentence;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.append(`${t('page.undo')} `);
  const hint = document.createElement('kbd');
  hint.textContent = key;
  button.append(hint);
  box.append(words, button);
  place.replaceChildren(box);
  const end = () => place.replaceChildren();
  timer = setTimeout(end, staysMs);
  const run = () => {
    if (!box.isConnected) return;
    clearTimeout(timer);
    end();
    takeBack();
  };
  button.addEventListener('click', run);
  return run;
}
