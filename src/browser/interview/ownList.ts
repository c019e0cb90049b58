import type { Row } from '../live/index.ts';
import { draw } from '../templates.ts';
import { t } from '../words.ts';
import { patchList } from './patchList.ts';
import type { Say } from './said.ts';

const saidLength = 40;
const short = (row: Row) => [...String(row['text'])].slice(0, saidLength).join('');

/** What has come of a question, in the words of its row; null while nothing is to be said of it. */
function fateOf(row: Row): string {
  if (row.kind === 'followed') {
    if (row['onStage']) return t('interview-follow.on-stage');
    return row['answered'] ? t('interview.mine.answered') : t('interview.mine.published');
  }
  return row['onStage'] ? t('interview.mine.on-stage') : t(`interview.mine.${String(row['label'])}`);
}

/** Says a change of state once; counts, words and the rows themselves are not read out. */
export function sayChange(before: Row | undefined, row: Row, say: Say): void {
  if (!before || row.gone || (row.kind !== 'mine' && row.kind !== 'followed')) return;
  const fate = fateOf(row);
  if (fate !== fateOf(before)) say(t('interview.said.question', { text: short(row), fate }));
}

/** Draws one's own questions and those one follows. */
export function drawOwn(rows: readonly Row[], context: Readonly<Record<string, unknown>>): void {
  const own = rows.filter(({ kind }) => kind === 'mine').sort((a, b) => String(b['at']).localeCompare(String(a['at'])));
  const follows = rows.filter(({ kind }) => kind === 'followed');
  const show = (place: string, title: string, shown: readonly Row[], one: (row: object) => DocumentFragment) => {
    const list = document.getElementById(place);
    if (!list) return;
    patchList(
      list,
      shown.map((row) => ({ id: row.id, data: row })),
      one,
    );
    document.querySelector(title)?.toggleAttribute('hidden', shown.length === 0);
  };
  show('mine-list', '.mine-title', own, (row) => draw('interview/live-mine', row, context));
  show('followed-list', '.followed-title', follows, (row) => draw('interview/live-followed', row, context));
}
