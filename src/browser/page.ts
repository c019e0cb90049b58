import { tickTimes } from './page/clock.ts';
import { countTyped } from './page/counters.ts';
import { keepDrafts } from './page/drafts.ts';
import { switchElderInPlace } from './page/elder.ts';
import { nameFaults } from './page/errors.ts';
import { followProgress } from './page/follow.ts';
import { guardLeaving, submitOnce } from './page/forms.ts';
import { waitUntil } from './page/waitUntil.ts';

// What every page gains with scripts; each works without.
tickTimes();
countTyped();
keepDrafts();
switchElderInPlace();
submitOnce();
guardLeaving();
followProgress();
nameFaults();
waitUntil();
document.getElementById('errors')?.focus();
