import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { nameInLanguage } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { writeDate } from '../web/views/timeWords.ts';
import type { Notice, NoticeKind } from './notice.ts';
import { passFor, ratingDays } from './pass.ts';
import type { Letter } from './record.ts';
import { groupedCode, unseal } from './secrets.ts';
import type { WriterIdentity } from './writerModel.ts';

/** Kinds that ask the writer to do something at once: their link opens the letter without the query code. */
const opening: readonly NoticeKind[] = ['replied', 'rating', 'asked', 'extended', 'rehandling-granted'];

/** What a mail to the writer is made of, apart from the address. */
export function writerMail(letter: Letter, notice: Notice, writer: WriterIdentity) {
  const { language, number } = letter;
  const { kind, data } = notice;
  const words = (name: string) =>
    translate(language, `mailbox-mails.letter-kinds.${kind}.${name}`, {
      department: nameInLanguage(String(data['department'] ?? ''), language),
      name: data['name'] ?? '',
    });
  const opens = opening.includes(kind);
  const action = kind === 'asked' ? 'answer-now' : opens ? 'open' : 'track';
  const pass = encodeURIComponent(passFor(letter._id, ratingDays * 24 * 60));
  return {
    template: 'mailbox/letter',
    language,
    data: {
      heading: words('heading'),
      sentence: words('sentence'),
      name: writer.name,
      number,
      title: letter.title,
      ...common(data, language),
      until: day(data['until'], language),
      code: notice.sealed ? groupedCode(unseal(notice.sealed, letter._id)) : '',
      // Of a letter that has just come in it is the acceptance that is due, not the answer
      dueOf: kind === 'received' ? 'mailbox-mails.letter.due-received' : 'mailbox-mails.letter.due',
      action: translate(language, `mailbox-mails.letter.${action}`),
      contactUrl: `${config.baseUrl}/letters/track?number=${number}`,
      url: opens
        ? `${config.baseUrl}/letters/track/${number}?pass=${pass}`
        : `${config.baseUrl}/letters/track?number=${number}`,
    },
  };
}

/** A text message to the writer: what happened and where to look. The query code never travels this way. */
export function writerText(letter: Letter, notice: Notice): string {
  const { language, number } = letter;
  return translate(language, 'mailbox-mails.text', {
    city: translate(language, 'page.name'),
    heading: translate(language, `mailbox-mails.letter-kinds.${notice.kind}.heading`),
    number,
    url: `${config.baseUrl}/letters/track`,
  });
}

/** What a mail to a department is made of. No title: it may name people, and mails travel far. */
export function departmentMail(letter: Letter, notice: Notice) {
  const language: Language = 'zh-CN';
  const data = {
    heading: translate(language, `mailbox-mails.department-kinds.${notice.kind}`),
    number: letter.number,
    url: `${config.baseUrl}/office/letters/${letter._id}`,
    ...common(notice.data, language),
  };
  return { template: 'mailbox/department', language, data };
}

function common(data: Notice['data'], language: Language) {
  return { quote: data['reason'] ?? data['text'] ?? data['note'] ?? '', due: day(data['dueAt'], language) };
}

const day = (value: string | number | null | undefined, language: Language): string =>
  typeof value === 'string' && value ? writeDate(new Date(value), 'exact', language) : '';
