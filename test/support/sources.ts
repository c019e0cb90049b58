import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mentionsIn, type Mentions } from '../../src/web/views/mentions.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  file: string;
  text: string;
}

function filesBelow(folder: string, ending: string): Source[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(`${root}${folder}/${name}`, 'utf8') }));
}

/** All views, and all of src/. */
export const views = filesBelow('views', '.hbs').map(({ file, text }) => ({
  file,
  text: text.replace(/\{\{!--[\s\S]*?--\}\}|\{\{![^}]*\}\}/g, ''),
}));
export const program = filesBelow('src', '.ts');

/** Places in TypeScript that surely hold a key; after the second kind only when the area has a locale file. */
const sure =
  /(?:\btranslate\([^,()]+(?:\([^)]*\))?,|\b(?:forbidden|conflict|notFound|unauthenticated)\(|\btooMany\([^,]+,)\s*'([\w-]+\.[\w.-]+)'/g;
const likely = /(?:\bsay\(|\bt\(|\bkey:)\s*'([\w-]+\.[\w.-]+)'/g;
const inViews = /[{(](?:t|link-in) '([\w-]+\.[\w.-]+)'/g;
const settings = /\b(?:integer|boolean|text|choice|list)Setting\(\s*'([\w-]+)\.([\w.-]+)'/g;

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, key = '']) => key);

/** Keys that views and program ask for by name, each with a file that does. */
export function demandedKeys(areas: ReadonlySet<string>): Map<string, string> {
  const demanded = new Map<string, string>();
  for (const { file, text } of views) matches(text, inViews).forEach((key) => demanded.set(key, file));
  for (const { file, text } of program) {
    const known = matches(text, likely).filter((key) => areas.has(key.split('.')[0] ?? ''));
    for (const key of [...matches(text, sure), ...known]) demanded.set(key, file);
    for (const [, area, rest] of text.matchAll(settings)) {
      for (const what of ['name', 'explanation']) demanded.set(`${area}.settings.${rest}.${what}`, file);
    }
  }
  for (const { file } of views) {
    const mail = /^views\/mails\/([\w-]+)\/([\w-]+)\./.exec(file);
    if (mail) demanded.set(`${mail[1]}-mails.${mail[2]}.subject`, file);
  }
  return demanded;
}

/** Everything that may be a key or the beginning of one, see src/web/views/mentions.ts. */
export function allMentions(): Mentions {
  const all = mentionsIn([...views, ...program].map(({ text }) => text).join('\n'));
  for (const { text } of program) {
    for (const [, area, rest] of text.matchAll(settings)) all.prefixes.add(`${area}.settings.${rest}.`);
  }
  return all;
}

const spokenParams = /\b(?:text|label|title|hint|legend|caption|question|placeholder|choose|unit|base)='[^']*\p{L}/u;
const spokenAttributes = /\s(?:placeholder|aria-label|aria-description|title|alt)="[^"]*\p{L}/u;

/** Text that stands in a view itself instead of in locales/. */
export function untranslatedIn({ file, text }: Source): string[] {
  const found: string[] = [];
  for (const [mustache] of text.matchAll(/\{\{[^}]*\}\}/g)) if (spokenParams.test(mustache)) found.push(mustache);
  const html = text.replace(/\{\{\{?[^}]*\}?\}\}/g, '');
  if (file.endsWith('.text.hbs')) return [...found, ...html.split('\n').filter((line) => /\p{L}/u.test(line))];
  for (const [tag] of html.matchAll(/<[^>]*>/g)) if (spokenAttributes.test(tag)) found.push(tag);
  for (const words of html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').split(/<[^>]*>/)) {
    if (/\p{L}/u.test(words.replace(/&\w+;/g, ''))) found.push(words.trim());
  }
  return found;
}
