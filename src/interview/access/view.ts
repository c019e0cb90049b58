import type { Actor } from '../../kernel/actor.ts';
import { translate } from '../../platform/language.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { canSteer } from '../policy.ts';
import { circles, isIn } from './circles.ts';

/** Who may take part, as the office page shows and changes it. */
export function accessPanel(actor: Actor, interview: Interview) {
  const { asking = 'everyone', supporting = 'everyone', state } = interview;
  return {
    asking,
    supporting,
    may: ['draft', 'announced', 'live'].includes(state) && canSteer(actor, interview),
    options: circles.map((value) => ({ value, label: translate(actor.language, `interview-access.circles.${value}`) })),
  };
}

/** For the public page: what this person can only do after proving an address, and where to do that. */
export function accessNotes(actor: Actor, interview: Interview) {
  const needs = (deed: 'ask' | 'support', circle: Interview['asking']) =>
    actor.kind === 'guest' && isOpenTo(deed, interview.state) && !isIn(circle, actor);
  return {
    toAsk: needs('ask', interview.asking),
    toSupport: needs('support', interview.supporting),
    verify: `/interviews/${interview._id}/verify`,
    signIn: `/sign-in?${new URLSearchParams({ next: `/interviews/${interview._id}` })}`,
  };
}
