import 'altcha/external';
import { adoptInPlace } from './letter/adopt.ts';
import { clearWithForm, saveWhileTyping } from './letter/draft.ts';
import { sendWhenProved } from './letter/proving.ts';
import { showSimilar } from './letter/similar.ts';
import { watchNumbers } from './numbers/watch.ts';
import { t } from './words.ts';

interface Algorithms {
  algorithms: Map<string, () => Worker>;
}

// The page may load no worker but our own: the widget is told where it is.
const { $altcha } = globalThis as unknown as { $altcha: Algorithms };
$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker('/js/proof.js', { type: 'module' }));
showSimilar();
for (const id of ['field-title', 'field-body'])
  watchNumbers(document.getElementById(id) as HTMLTextAreaElement | null, () =>
    t('moderation.numbers.telephone-letter'),
  );
saveWhileTyping();
sendWhenProved();
adoptInPlace();
clearWithForm();
