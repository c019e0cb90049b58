import { tickTimes } from './page/clock.ts';
import { countTyped } from './page/counters.ts';
import { copyOnClick } from './page/copy.ts';
import { keepDrafts } from './page/drafts.ts';
import { switchElderInPlace } from './page/elder.ts';
import { forgetMended, nameFaults } from './page/errors.ts';
import { checkFiles } from './page/files.ts';
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
forgetMended();
checkFiles();
copyOnClick();
document.getElementById('errors')?.focus();
