interface Row {
  href: string;
  title: string;
  department: string;
  reply: string;
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

/** Everything is put in as text: titles and answers were typed by people. */
function row({ href, title, department, reply }: Row): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'row';
  const heading = document.createElement('h3');
  heading.className = 'row-title';
  const link = document.createElement('a');
  link.href = href;
  link.textContent = title;
  heading.append(link);
  const text = document.createElement('p');
  text.className = 'row-text';
  text.textContent = reply;
  const meta = document.createElement('p');
  meta.className = 'meta';
  meta.textContent = department;
  item.append(heading, text, meta);
  return item;
}
