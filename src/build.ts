import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform, type Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { browserNeeds, partialFile } from './web/views/browserNeeds.ts';
import { compileOptions } from './web/views/templates.ts';

const root = join(import.meta.dirname, '..');

/** Entries are the files of src/browser/ that export nothing; the others are imported by them. */
function entries(): string[] {
  return readdirSync(join(root, 'src/browser'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .filter((name) => !/^export /m.test(readFileSync(join(root, 'src/browser', name), 'utf8')))
    .map((name) => name.slice(0, -'.ts'.length));
}

/** Gives `wenzheng:templates`: the partials that one bundle draws, compiled ahead, for a page may not evaluate text. */
function templatesOf(entry: string): Plugin {
  const contents = () => {
    const partials = [...browserNeeds(entry).partials].sort();
    const lines = partials.map((name) => {
      const compiled = Handlebars.precompile(readFileSync(partialFile(name), 'utf8'), compileOptions) as string;
      return `${JSON.stringify(name)}: ${compiled}`;
    });
    return `export const specifications = {${lines.join(',\n')}};`;
  };
  return {
    name: 'templates',
    setup(bundler) {
      bundler.onResolve({ filter: /^wenzheng:templates$/ }, ({ path }) => ({ path, namespace: 'templates' }));
      bundler.onLoad({ filter: /.*/, namespace: 'templates' }, () => ({ contents: contents(), loader: 'js' }));
    },
  };
}

/** Writes a file in one step, and only when it changed: a page never meets half a script. */
function put(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

async function buildScript(entry: string): Promise<void> {
  const result = await build({
    entryPoints: [join(root, 'src/browser', `${entry}.ts`)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: root,
    plugins: [templatesOf(entry)],
  });
  put(join(root, 'public/js', `${entry}.js`), result.outputFiles[0]?.text ?? '');
}

/** Joins src/styles/*.css, in the order of their names, into the one sheet that pages load. */
async function buildStyles(): Promise<void> {
  const folder = join(root, 'src/styles');
  const parts = readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort();
  const sheet = parts.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const { code } = await transform(sheet, { loader: 'css', minify: true, charset: 'utf8', target: 'chrome111' });
  put(join(root, 'public/css/site.css'), code);
}

/** Builds everything that pages load: public/js/*.js and public/css/site.css. The same sources give the same bytes. */
export async function buildPages(): Promise<void> {
  for (const folder of ['public/js', 'public/css']) mkdirSync(join(root, folder), { recursive: true });
  const names = entries();
  await Promise.all([...names.map(buildScript), buildStyles()]);
  for (const file of readdirSync(join(root, 'public/js'))) {
    if (file.endsWith('.js') && !names.includes(file.slice(0, -3))) rmSync(join(root, 'public/js', file));
  }
}

if (import.meta.main) await buildPages();
