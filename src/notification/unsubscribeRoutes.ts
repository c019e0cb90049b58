import express, { Router } from 'express';
import { notFound } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { readUnsubscribeToken, setSuppressed } from './subscription.ts';

/** A reader who has the letter has the right: the signed token is all that is asked for. */
function readToken(token: unknown) {
  const named = readUnsubscribeToken(String(token));
  if (!named) throw notFound('notification.unsubscribe.unknown');
  return named;
}

/** RFC 8058: the mail program posts by itself, without cookies. A person's form goes to `/mails/unsubscribe/:token/…` below. */
export const unsubscribeHook = Router();
unsubscribeHook.post(
  '/mails/unsubscribe/:token',
  express.urlencoded({ extended: false, limit: '1kb' }),
  async (request, response) => {
    const named = readUnsubscribeToken(String(request.params.token));
    if (!named) {
      response.status(404).type('text/plain').send(translate('zh-CN', 'notification.unsubscribe.unknown'));
      return;
    }
    await setSuppressed(named.suppressionId, true);
    response.type('text/plain').send(translate('zh-CN', 'notification.unsubscribe.done-title'));
  },
);

export const unsubscribePages = Router();

// Looking at the link changes nothing: programs that check links before the reader does must not unsubscribe them
unsubscribePages.get('/mails/unsubscribe/:token', (request, response) => {
  const token = String(request.params.token);
  const { topic } = readToken(token);
  const title = translate(actorOf(request).language, 'notification.unsubscribe.title');
  response.render('notification/unsubscribe', { title, ...unsubscribePage(request.query.state, topic, token) });
});

function unsubscribePage(state: unknown, topic: string, token: string) {
  return {
    asking: state !== 'done' && state !== 'again',
    done: state === 'done',
    again: state === 'again',
    topicKey: `notification.topics.${topic}`,
    stopHref: `/mails/unsubscribe/${token}/stop`,
    againHref: `/mails/unsubscribe/${token}/again`,
  };
}

function answer(verb: 'stop' | 'again') {
  unsubscribePages.post(`/mails/unsubscribe/:token/${verb}`, async (request, response) => {
    const token = String(request.params.token);
    await setSuppressed(readToken(token).suppressionId, verb === 'stop');
    response.redirect(303, `/mails/unsubscribe/${token}?state=${verb === 'stop' ? 'done' : 'again'}`);
  });
}
answer('stop');
answer('again');
