import { markSelections } from './publishing/mark.ts';
import { followResult } from './publishing/result.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-publishing]')) {
  const show = followResult(form);
  markSelections(form, show);
  show();
}
