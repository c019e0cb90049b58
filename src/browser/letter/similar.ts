import { language, t } from '../words.ts';

const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

interface Row {
  href: string;
  title: string;
  department: string;
  reply: string;
  submittedAt: string;
  repliedAt: string | null;
  alike: number;
}

/** Shows answers to similar questions while somebody types what their letter is about. */
export function showSimilar(): void {
  const [box, typed] = [document.getElementById('similar'), document.getElementById('field-title')];
  const list = box?.querySelector('ul');
  if (!box || !list || !(typed instanceof HTMLInputElement)) return;
  let timer = 0;
  let asked = '';
  const ask = async (): Promise<void> => {
    const text = typed.value.trim();
    if (text.length < 4 || text === asked) return;
    asked = text;
    const answer = await fetch(`/letters/similar?title=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer?.ok || asked !== text) return;
    const { similar } = (await answer.json()) as { similar: Row[] };
    list.replaceChildren(...similar.map(row));
    box.hidden = similar.length === 0;
  };
  typed.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 400);
  });
}

/** One line that opens, as on the next step. Everything is put in as text: titles and answers were typed by people. */
function row({ href, title, department, reply, repliedAt, submittedAt, alike }: Row): HTMLLIElement {
  const made = <Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, words: string) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.textContent = words;
    return element;
  };
  const link = made('a', '', t('mailbox.write.similar-read'));
  link.href = href;
  const where = [department, day.format(new Date(repliedAt ?? submittedAt))];
  if (alike > 0) where.push(t('mailbox.list.alike', { count: alike }));
  const summary = made('summary', '', title);
  summary.append(' ', made('span', 'meta', where.filter(Boolean).join(' · ')));
  const box = made('details', 'similar-line', '');
  const more = made('p', '', '');
  more.append(link);
  box.append(summary, made('p', 'row-text', reply), more);
  const item = document.createElement('li');
  item.append(box);
  return item;
}
