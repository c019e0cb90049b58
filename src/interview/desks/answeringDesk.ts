import type { Actor } from '../../kernel/actor.ts';
import { answeringCard, answeringLists, isListed } from '../review/cards.ts';
import { deskRank } from '../cards.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { guestsWrittenFor, holdersOf } from '../policy.ts';
import { reviewsAnswers } from '../review/settle.ts';
import { answerLengthMax } from '../settings.ts';
import { owedUntil } from '../closing/endingView.ts';
import { deskPage } from './desk.ts';

/** Whether the editor is open at once: what is answered now, what was passed to this guest, what was begun; else the first. */
function withDue(card: ReturnType<typeof answeringCard>, index: number) {
  const begun = card.unsent || (card.draft !== '' && !card.published);
  const due = card.onStage || begun || (card.forMe && !card.published) || (index === 0 && !card.published);
  return { ...card, due };
}

/** The guests' desk: published questions without this guest's answer first. */
export async function answeringDesk(
  actor: Actor,
  interview: Interview,
  choice: { guest?: string; list?: unknown } = {},
  typed?: { id: string; text: string },
) {
  const desk = await deskPage(actor, interview, 'answering');
  const guests = guestsWrittenFor(actor, interview);
  const guest = guests.find(({ id }) => id === choice.guest) ?? guests[0];
  const reviewed = reviewsAnswers(interview);
  const reviewers = holdersOf(interview, 'reviewer');
  const departments = actor.kind === 'staff' ? actor.roles.map(({ departmentId }) => departmentId) : [];
  const cards = desk.questions
    .map((row) => answeringCard(row, { ...desk, departments, reviewed }, guest?.id ?? ''))
    .filter(({ shown }) => shown)
    .map((one) => (typed?.id === one.id ? { ...one, draft: typed.text } : one));
  const list = answeringLists.find((one) => one === choice.list) ?? 'all';
  const asGuest = guests.length > 1 && guest ? `guest=${guest.id}&` : '';
  const archived = interview.state === 'archived';
  const open = new Set(desk.questions.filter((row) => row['state'] === 'published').map(({ id }) => id));
  const owed = archived && open.size > 0;
  return {
    ...desk,
    list,
    lists: answeringLists.map((name) => ({
      name,
      href: `?${asGuest}list=${name}`,
      current: name === list,
      count: cards.filter((one) => isListed(name, one)).length,
    })),
    guest: guest ?? null,
    guestTabs:
      guests.length > 1
        ? guests.map(({ id, name }) => ({ href: `?guest=${id}`, text: name, current: id === guest?.id }))
        : null,
    cards: cards
      .filter((one) => isListed(list, one) || one.id === typed?.id)
      .sort((a, b) => deskRank(a) - deskRank(b) || b.votes - a.votes)
      .map((one, index) => ({ ...withDue(one, index), writable: !archived || open.has(one.id) })),
    called: cards.find(({ called }) => called) ?? null,
    roomData: { ...desk.roomData, guestId: guest?.id ?? '', list, departments, reviewed, reviewers },
    reviewed,
    reviewers,
    max: answerLengthMax.value(),
    canPublish: owed || isOpenTo('answer', interview.state),
    open: owed || isOpenTo('draft', interview.state),
    owed,
    owedUntil: owedUntil(interview, actor.language),
  };
}
