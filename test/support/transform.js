import { transformSync } from 'esbuild';

/** Takes TypeScript as Node itself does: types are stripped, nothing is checked here. */
export default {
  process(source, filename) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node24',
      sourcemap: 'external',
      sourcefile: filename,
    });
    return { code, map };
  },
};
