import {
  acceptLetter,
  answerOrder,
  appealCard,
  askWriter,
  assignLetter,
  decideAppeal,
  decideExtension,
  decideRehandling,
  declineLetter,
  giveAssistingOpinion,
  type Letter,
  orderSupervision,
  passDown,
  publishLetter,
  rateLetter,
  releaseReply,
  requestExtension,
  requestRehandling,
  returnLetter,
  sendBack,
  signForLetter,
  signOff,
  submitForSignOff,
  supplementLetter,
  sweepLetter,
  urgeLetter,
  withdrawLetter,
} from '../mailbox/index.ts';
import { findPersonal } from '../kernel/redaction.ts';
import { complaintsAboutReplies, officialWords as words, praise, secondReply } from './content/letterWords.ts';
import type { LetterCase } from './letterCase.ts';

const declineReasons = [
  '不属于本市政府职责范围',
  '已进入诉讼、仲裁或行政复议程序',
  '内容不清，无法核实且无法联系',
  '同一事项正在办理，请查询原信件',
];

/** Tells a letter from its arrival as far as its fate goes. */
export async function tellLetter(one: LetterCase): Promise<void> {
  const { fate } = one.plan;
  const { letterId, number, code, writer } = one;
  if (fate === 'submitted') return;
  if (fate === 'declined') {
    const reason = one.pick(declineReasons);
    await one.office(0, () => declineLetter(one.official('clerk'), { letterId, reason }));
    return;
  }
  await accept(one);
  if (fate === 'accepted') return;
  if (fate === 'withdrawn') {
    await one.home(0, () => withdrawLetter(writer, { number, code, reason: words.thanks }));
    return;
  }
  await assign(one, fate === 'joint');
  if (fate === 'assigned') return;
  if (fate === 'returned' || fate === 'sent-on') {
    await one.office(0, () => returnLetter(one.official('handler'), { letterId, reason: words.silence }));
    if (fate === 'returned') return;
    one.department = one.department === 'urban-management' ? 'housing' : 'urban-management';
    await assign(one, false);
  }
  await sign(one);
  if (await isStillWithDepartment(one)) return;
  await answer(one, one.plan.reply);
  if (fate === 'drafted' || fate === 'sent-back' || fate === 'signed-off') return;
  await afterReply(one);
}

async function accept(one: LetterCase): Promise<void> {
  const { subject, urgency = 'normal' } = one.plan.template;
  await one.office(0, () =>
    acceptLetter(one.official('clerk'), { letterId: one.letterId, subject, urgency, quiet: one.random() < 0.5 }),
  );
}

async function assign(one: LetterCase, joint: boolean): Promise<void> {
  const departmentId = one.departmentId(one.department);
  const assisting = joint ? [one.departmentId('shibei')] : [];
  await one.office(0, () => assignLetter(one.official('clerk'), { letterId: one.letterId, departmentId, assisting }));
}

async function sign(one: LetterCase): Promise<void> {
  await one.office(0, () => signForLetter(one.official('handler'), { letterId: one.letterId }));
}

/** What may happen while the department works on it; true when the letter stays there today. */
async function isStillWithDepartment(one: LetterCase): Promise<boolean> {
  const { fate } = one.plan;
  if (fate === 'signed') return true;
  if (fate === 'waiting' || fate === 'supplemented') return isWaiting(one, fate === 'waiting');
  if (fate === 'extension-asked' || fate === 'extended') return extend(one, fate === 'extended');
  if (fate === 'passed-down') return toStreet(one);
  if (fate === 'yellow' || fate === 'red' || fate === 'late') return delay(one);
  if (fate === 'appealed') return appeal(one);
  if (fate === 'joint') {
    const assistant = one.official('handler', 'shibei');
    await one.office(1, () => giveAssistingOpinion(assistant, { letterId: one.letterId, text: words.opinion }));
  }
  return false;
}

async function isWaiting(one: LetterCase, unanswered: boolean): Promise<boolean> {
  const { letterId, number, code, writer } = one;
  await one.office(0, () => askWriter(one.official('handler'), { letterId, text: words.ask }));
  if (unanswered) return true;
  await one.home(1, () => supplementLetter(writer, { number, code, text: words.supplement }));
  return false;
}

async function extend(one: LetterCase, granted: boolean): Promise<boolean> {
  const { letterId } = one;
  const amount = 3 + Math.floor(one.random() * 6);
  await one.office(2, () => requestExtension(one.official('handler'), { letterId, amount, reason: words.extension }));
  if (!granted) return true;
  await one.office(0, () =>
    decideExtension(one.official('clerk'), { letterId, decision: 'grant', remark: words.granted }),
  );
  await one.wait(3);
  return false;
}

async function toStreet(one: LetterCase): Promise<boolean> {
  const departmentId = one.departmentId('zaoyuan');
  await one.office(0, () =>
    passDown(one.official('handler', 'shibei'), { letterId: one.letterId, departmentId, days: 3 }),
  );
  return true;
}

/** Nobody answers in time: reminder, yellow card, red card, supervision order; some letters of the past get further. */
async function delay(one: LetterCase): Promise<boolean> {
  const { letterId } = one;
  const { fate } = one.plan;
  await one.wait(4);
  await one.office(0, () => urgeLetter(one.official('supervisor'), { letterId, remark: words.urge }));
  await one.wait(fate === 'late' ? 5 + Math.floor(one.random() * 3) : 12);
  const letter = await one.office(0, () =>
    orderSupervision(one.official('supervisor'), { letterId, reason: words.urge }),
  );
  await followOrders(one, letter);
  return false;
}

/** A red card, and a head who does not think that it is deserved; the supervisor has not decided yet. */
async function appeal(one: LetterCase): Promise<boolean> {
  const { letterId } = one;
  await one.wait(9);
  const letter = await one.office(0, () => urgeLetter(one.official('supervisor'), { letterId, remark: words.urge }));
  const cardId = letter.cards.findLast(({ colour }) => colour === 'red')?.id;
  if (cardId) await one.office(0, () => appealCard(one.official('head'), { letterId, cardId, reason: words.appeal }));
  return true;
}

async function followOrders(one: LetterCase, letter: Letter): Promise<void> {
  const { letterId } = one;
  const head = one.official('head');
  for (const order of letter.orders) {
    await one.office(0, () => answerOrder(one.official('handler'), { letterId, orderId: order.id, text: words.order }));
  }
  const card = letter.cards.find(({ colour }) => colour === 'red');
  if (!card || one.random() < 0.4) return;
  await one.office(0, () => appealCard(head, { letterId, cardId: card.id, reason: words.appeal }));
  const decision = one.random() < 0.5 ? 'grant' : 'refuse';
  const reason = decision === 'grant' ? words.withdrawn : words.stands;
  await one.office(1, () => decideAppeal(one.official('supervisor'), { letterId, cardId: card.id, decision, reason }));
}

/** Draft, signature, release; a draft of a letter on its way stays where its fate says. */
async function answer(one: LetterCase, text: string): Promise<void> {
  const { letterId } = one;
  const { fate } = one.plan;
  const days = fate === 'drafted' || fate === 'sent-back' || fate === 'signed-off' ? 1 : Math.floor(one.random() * 3);
  await one.office(days, () => submitForSignOff(one.official('handler'), { letterId, text }));
  if (fate === 'drafted') return;
  if (fate === 'sent-back' || one.random() < 0.04) {
    await one.office(0, () => sendBack(one.official('head'), { letterId, reason: words.sendBack }));
    if (fate === 'sent-back') return;
    await one.office(1, () => submitForSignOff(one.official('handler'), { letterId, text }));
  }
  await one.office(0, () => signOff(one.official('head'), { letterId }));
  if (fate === 'signed-off') return;
  await one.office(0, () => releaseReply(one.official('clerk'), { letterId }));
}

async function afterReply(one: LetterCase): Promise<void> {
  const { fate } = one.plan;
  const asksAgain = fate === 'rehandled' || fate === 'rehandling' || fate === 'rehandling-asked';
  if (!asksAgain) await publish(one);
  const chance = one.random();
  if (asksAgain || chance < 0.04) await rate(one, 'dissatisfied');
  else if (fate !== 'replied' && chance < 0.58) await rate(one, chance < 0.14 ? 'fairly' : 'satisfied');
  if (asksAgain) await handleAgain(one);
  for (let look = 0; look < 3; look += 1) await one.office(look === 0 ? 0 : 5, () => sweepLetter(one.letterId));
}

async function rate(one: LetterCase, satisfaction: 'satisfied' | 'fairly' | 'dissatisfied'): Promise<void> {
  const { number, code, writer } = one;
  const isBad = satisfaction === 'dissatisfied';
  const solved = isBad || (satisfaction === 'fairly' && one.random() < 0.5) ? 'no' : 'yes';
  const reason = one.pick(isBad ? complaintsAboutReplies : praise);
  await one.home(Math.floor(one.random() * 4), () =>
    rateLetter(writer, { number, code, satisfaction, solved, reason }),
  );
}

async function handleAgain(one: LetterCase): Promise<void> {
  const { letterId, number, code, writer } = one;
  const { fate } = one.plan;
  await one.home(0, () => requestRehandling(writer, { number, code, reason: words.again }));
  if (fate === 'rehandling-asked') return;
  await one.office(1, () =>
    decideRehandling(one.official('clerk'), { letterId, decision: 'grant', remark: words.dissatisfied }),
  );
  await sign(one);
  if (fate === 'rehandling') return;
  await answer(one, secondReply);
  await publish(one);
  await rate(one, one.random() < 0.2 ? 'dissatisfied' : 'satisfied');
}

/** With consent only; what the finder proposes is masked, as the clerk of the demo would decide. */
async function publish(one: LetterCase): Promise<void> {
  if (!one.plan.mayPublish) return;
  const { letterId, plan } = one;
  const spans = (text: string) => findPersonal(text).map(({ start, end, kind }) => ({ start, end, kind }));
  const decided = { title: spans(plan.title), body: spans(plan.body), reply: [] };
  const visibility = one.random() < 0.04 ? 'listed' : 'public';
  await one.office(0, () => publishLetter(one.official('clerk'), { letterId, visibility, spans: decided }));
}
