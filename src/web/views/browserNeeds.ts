import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The sources of one bundle: `src/browser/<entry>.ts`, all it imports, and the partials it draws. */
export interface BrowserNeeds {
  files: Set<string>;
  /** Names of `live-*.hbs` partials and of those they contain. */
  partials: Set<string>;
}

/** Walks from an entry through its own imports; an entry that is not there needs nothing. */
export function browserNeeds(entry: string): BrowserNeeds {
  const needs: BrowserNeeds = { files: new Set(), partials: new Set() };
  readModule(join(root, 'src/browser', `${entry}.ts`), needs);
  return needs;
}

/** Gives the file of a partial. */
export function partialFile(name: string): string {
  return join(root, 'views/partials', `${name}.hbs`);
}

function readModule(file: string, needs: BrowserNeeds): void {
  if (needs.files.has(file) || !existsSync(file)) return;
  needs.files.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, path = ''] of source.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)) {
    readModule(join(dirname(file), path), needs);
  }
  for (const [, name = ''] of source.matchAll(/'((?:[\w-]+\/)*live-[\w-]+)'/g)) readPartial(name, needs);
}

function readPartial(name: string, needs: BrowserNeeds): void {
  if (needs.partials.has(name) || !existsSync(partialFile(name))) return;
  needs.partials.add(name);
  needs.files.add(partialFile(name));
  const source = readFileSync(partialFile(name), 'utf8');
  for (const [, inner = ''] of source.matchAll(/\{\{#?> ([\w/-]+)/g)) readPartial(inner, needs);
}
