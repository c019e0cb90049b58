/** The texts of a form by the names of its fields. */
export type Texts = Record<string, string>;

/** What this tab remembers of a form: its texts, and what the server had of them when they were typed. */
interface Kept {
  texts: Texts;
  known: Texts;
}
const nameOf = (form: HTMLFormElement): string => `typing ${form.dataset['typing'] ?? ''}`;
const areas = (form: HTMLFormElement): HTMLTextAreaElement[] => [...form.querySelectorAll('textarea')];

/** The texts as they stand in the form now. */
export const textsIn = (form: HTMLFormElement): Texts =>
  Object.fromEntries(areas(form).map(({ name, value }) => [name, value]));

/** Remembers the texts in this tab, beside what the server is known to have. */
export function remember(form: HTMLFormElement, known: Texts): void {
  sessionStorage.setItem(nameOf(form), JSON.stringify({ texts: textsIn(form), known } satisfies Kept));
}

/** Forgets them: they were sent. */
export const forget = (form: HTMLFormElement): void => {
  sessionStorage.removeItem(nameOf(form));
};

/**
 * Fills in what this tab knows better than the page: words typed so shortly before that the server had not got them
 * yet. Where the page shows something else, somebody changed it, and the page is right. True when words were filled in.
 */
export function restore(form: HTMLFormElement): boolean {
  const stored = sessionStorage.getItem(nameOf(form));
  if (!stored) return false;
  const { texts, known } = JSON.parse(stored) as Kept;
  let isRestored = false;
  for (const area of areas(form)) {
    const text = texts[area.name];
    if (text === undefined || text === area.value || area.value !== (known[area.name] ?? '')) continue;
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    isRestored = true;
  }
  return isRestored;
}
