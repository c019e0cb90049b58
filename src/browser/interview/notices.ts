import { splitNotices, takesNotices } from '../../interview/notices/cards.ts';
import { now } from '../../kernel/time.ts';
import type { Row } from '../live/index.ts';
import { draw } from '../templates.ts';
import { patchList } from './patchList.ts';
import type { Say } from './said.ts';

const lookMs = 15_000;
const part = (id: string) => document.getElementById(id);

/** What the host says to the room: the newest above the page as long as it is news, the others folded below it. */
export interface Notices {
  show(notices: readonly Row[], state: string): void;
}

/** `serverTime` is the server's clock when the page was drawn: a device may go wrong by hours. */
export function keepNotices(serverTime: number, context: Readonly<Record<string, unknown>>, say: Say): Notices {
  const behind = serverTime - now().getTime();
  let all: readonly Row[] = [];
  let heard: string | null | undefined;
  const drawInto = (place: HTMLElement | null, rows: readonly Row[]) => {
    if (!place) return;
    patchList(
      place,
      rows.map((row) => ({ id: row.id, data: row })),
      (row) => draw('interview/live-notice', row, context),
    );
  };
  const settle = () => {
    const { current, earlier } = splitNotices(all, now().getTime() + behind);
    drawInto(part('room-notices'), current ? [current] : []);
    drawInto(part('earlier-notices'), earlier);
    part('room-earlier')?.toggleAttribute('hidden', earlier.length === 0);
    const isNews = heard !== undefined && current !== null && current.id !== heard;
    heard = current?.id ?? null;
    if (current === null) hideFloating();
    if (!isNews) return;
    say(String(current['text']));
    if ((part('room-notices')?.getBoundingClientRect().bottom ?? 1) <= 0) showFloating(String(current['text']));
  };
  setInterval(settle, lookMs);
  return {
    show(notices, state) {
      if (!takesNotices(state)) return;
      all = notices;
      settle();
    },
  };
}

/** For somebody who has scrolled down: the sentence where they read, until they have read it. */
function showFloating(text: string): void {
  const [box, words, button] = [part('notice-float'), part('notice-float-text'), part('notice-float-end')];
  if (!box || !words || !button) return;
  words.textContent = text;
  box.hidden = false;
  button.onclick = hideFloating;
}

function hideFloating(): void {
  part('notice-float')?.toggleAttribute('hidden', true);
}
