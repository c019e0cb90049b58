import { stageLength } from '../interview/cards.ts';
import { showOnline, showState, roomData } from './interview/status.ts';
import { joinRoom } from './live/index.ts';
import { draw } from './templates.ts';

const data = roomData<{ id: string; stateTones: object; mineTones: object }>();
const context = { stateTones: data.stateTones, mineTones: data.mineTones };
const place = (id: string) => document.getElementById(id);

joinRoom({
  kind: 'interview',
  id: data.id,
  audience: 'public',
  since: 0,
  onRows: (fresh) => {
    for (const row of fresh) {
      if (row.id === 'stage') {
        place('room-stage')?.replaceChildren(draw('interview/live-stage', row, context));
        place('room-stage')?.setAttribute('data-length', stageLength(row));
      }
      if (row.id === 'next') place('room-next')?.replaceChildren(draw('interview/live-next', row, context));
      if (row.id === 'phase') place('room-phase')?.replaceChildren(draw('interview/live-phase', row, context));
    }
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
