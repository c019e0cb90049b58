import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One import, or one look at the environment, that the house does not allow. */
export interface Breach {
  file: string;
  rule: string;
}

/** The parts of src/, from the ground up: a part may import itself and what stands in a line above its own. */
const floors: readonly (readonly string[])[] = [
  ['kernel'],
  ['config'],
  ['platform'],
  ['text'],
  ['web'],
  ['live'],
  ['audit'],
  ['calendar'],
  ['notification'],
  ['transfer'],
  ['organization'],
  ['moderation'],
  ['identity'],
  ['drafts'],
];
const supporting = [
  'audit',
  'notification',
  'organization',
  'moderation',
  'identity',
  'live',
  'calendar',
  'text',
  'transfer',
  'drafts',
];
/** Read what features declare; the front page shows the figures too. */
const onTop = ['statistics', 'portal'];
/** Assemble the program, and may import everything. */
const assembly = /^(main|app|administrator|realtime|worker|features|feature|prepare|start|serve|build)$/;
const assembled = ['demo'];
const kernelPackages = ['node:crypto', 'zod', 'luxon'];

/** `file` and `target` are paths below src/; `target` may be the name of a package. Gives the rule broken, or null. */
export function brokenRule(file: string, target: string, typeOnly = false): string | null {
  const from = partOf(file);
  if (!target.endsWith('.ts')) {
    return from === 'kernel' && !kernelPackages.includes(target)
      ? `the kernel imports only ${kernelPackages.join(', ')}, not ${target}`
      : null;
  }
  const to = partOf(target);
  if (from === to || assembly.test(from) || assembled.includes(from)) return null;
  if (from === 'browser')
    return to === 'kernel' || isView(target) || isCards(target) ? null : `pages import the kernel only, not ${target}`;
  if (from === 'kernel') return `the kernel imports nothing else of the house, not ${target}`;
  if (to === 'feature') return typeOnly ? null : 'feature.ts is imported for its types only';
  if (assembly.test(to) || to === 'browser' || assembled.includes(to)) return `nobody imports ${target}`;
  if (isFeature(to) && target !== `${to}/index.ts`) return `from outside, a feature is its index.ts, not ${target}`;
  if (!isFeature(to)) return floorRule(from, to, target);
  return featureRule(from, to, target);
}

function floorRule(from: string, to: string, target: string): string | null {
  if (isFeature(from) || floorOf(from) > floorOf(to)) return null;
  return `${from} stands below ${to} and cannot import ${target}`;
}

function featureRule(from: string, to: string, target: string): string | null {
  if (!isFeature(from)) return `${from} imports no feature, not ${target}`;
  if (supporting.includes(to)) {
    return !supporting.includes(from) || floorOf(from) > floorOf(to)
      ? null
      : `${from} stands below ${to} and cannot import ${target}`;
  }
  if (supporting.includes(from)) return `a supporting feature imports no participation feature, not ${target}`;
  if (onTop.includes(from) && onTop.indexOf(from) > onTop.indexOf(to)) return null;
  return `participation features do not import each other, not ${target}`;
}

const partOf = (path: string): string => path.split('/')[0]?.replace(/\.ts$/, '') ?? '';
const isFeature = (part: string) => !['kernel', 'config', 'platform', 'web', 'browser'].includes(part);
const floorOf = (part: string) => floors.findIndex((floor) => floor.includes(part));
/** How a feature's rows are made ready for their partials: pure, the same on server and page. */
const isCards = (target: string) => /^[^/]+\/(\w+\/)?cards\.ts$/.test(target);
const isView = (target: string) => target.startsWith('web/views/');

const importLine =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a source text: what is named and whether only a type is meant. */
export function importsOf(source: string): { target: string; typeOnly: boolean }[] {
  return [...source.matchAll(importLine)].map((match) => ({
    target: match[3] ?? match[4] ?? '',
    typeOnly: match[2] !== undefined,
  }));
}

/** Reads all of a src/ folder and gives every breach. */
export function findBreaches(root: string): Breach[] {
  const breaches: Breach[] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const file = relative(root, path);
    const source = readFileSync(path, 'utf8');
    for (const { target, typeOnly } of importsOf(source)) {
      const inside = target.startsWith('.') ? relative(root, join(entry.parentPath, target)) : target;
      const rule = brokenRule(file, inside, typeOnly);
      if (rule) breaches.push({ file: `src/${file}`, rule });
    }
    if (file !== 'config.ts' && /\bprocess\s*\.\s*env\b/.test(source)) {
      breaches.push({ file: `src/${file}`, rule: 'only config.ts reads process.env' });
    }
  }
  return breaches;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = findBreaches(fileURLToPath(new URL('../../src', import.meta.url)));
  for (const { file, rule } of breaches) console.error(`${file}: ${rule}`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
