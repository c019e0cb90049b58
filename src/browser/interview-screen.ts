import { stageLength } from '../interview/cards.ts';
import { showOnline, showState, roomData } from './interview/status.ts';
import { joinRoom } from './live/index.ts';
import { draw } from './templates.ts';

const data = roomData<{ id: string; stateTones: object; mineTones: object }>();
const context = { stateTones: data.stateTones, mineTones: data.mineTones };
const place = (id: string) => document.getElementById(id);

const smallest = 0.62;
const pageMs = 12_000;

/** Takes the letters of the stage down until all of it is seen, as far as they stay readable from ten metres. */
function fitStage(): void {
  const stage = place('room-stage');
  const screen = stage?.closest<HTMLElement>('.screen');
  if (!stage || !screen) return;
  for (let fit = 1; fit >= smallest; fit -= 0.06) {
    screen.style.setProperty('--fit', fit.toFixed(2));
    if (stage.scrollHeight <= stage.clientHeight + 1) break;
  }
  stage.scrollTop = 0;
}

/** What does not fit even so is shown page by page under its question; nobody can scroll a wall. */
function turnPage(): void {
  const stage = place('room-stage');
  if (!stage || stage.scrollHeight <= stage.clientHeight + 1) return;
  const head = stage.querySelector<HTMLElement>('.stage-question')?.offsetHeight ?? 0;
  const line = 2 * Number.parseFloat(getComputedStyle(stage).fontSize);
  const atEnd = stage.scrollTop + stage.clientHeight >= stage.scrollHeight - 2;
  stage.scrollTop = atEnd ? 0 : stage.scrollTop + Math.max(line, stage.clientHeight - head - line);
}
fitStage();
addEventListener('resize', fitStage);
setInterval(turnPage, pageMs);

joinRoom({
  kind: 'interview',
  id: data.id,
  audience: 'public',
  since: 0,
  counted: false,
  onRows: (fresh) => {
    for (const row of fresh) {
      if (row.id === 'stage') {
        place('room-stage')?.replaceChildren(draw('interview/live-stage', row, context));
        place('room-stage')?.setAttribute('data-length', stageLength(row));
        fitStage();
      }
      if (row.id === 'next') place('room-next')?.replaceChildren(draw('interview/live-next', row, context));
      if (row.id === 'phase') place('room-phase')?.replaceChildren(draw('interview/live-phase', row, context));
    }
    if (fresh.some(({ id }) => id === 'phase')) fitStage();
  },
  onPersonal: () => undefined,
  onCounters: (counters) => {
    showOnline(counters);
    for (const figure of document.querySelectorAll<HTMLElement>('[data-count]')) {
      const value = counters[figure.dataset['count'] ?? ''];
      if (typeof value === 'number') figure.textContent = String(value);
    }
  },
  onState: showState,
});
