import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { brokenRule, findBreaches, importsOf } from './support/importRules.ts';

describe('the house', () => {
  it('imports one way only', () => {
    expect(findBreaches(fileURLToPath(new URL('../src', import.meta.url)))).toEqual([]);
  });

  it.each([
    ['interview/routes.ts', 'mailbox/index.ts'],
    ['interview/routes.ts', 'identity/accountModel.ts'],
    ['identity/index.ts', 'interview/index.ts'],
    ['organization/index.ts', 'identity/index.ts'],
    ['web/locals.ts', 'interview/index.ts'],
    ['web/locals.ts', 'identity/index.ts'],
    ['platform/mailer.ts', 'web/respond.ts'],
    ['platform/mailer.ts', 'notification/index.ts'],
    ['kernel/time.ts', 'platform/logger.ts'],
    ['kernel/time.ts', 'config.ts'],
    ['kernel/time.ts', 'mongoose'],
    ['config.ts', 'platform/logger.ts'],
    ['interview/routes.ts', 'main.ts'],
    ['browser/live.ts', 'platform/logger.ts'],
    ['mailbox/index.ts', 'statistics/index.ts'],
  ])('does not let %s import %s', (file, target) => {
    expect(brokenRule(file, target)).not.toBeNull();
  });

  it.each([
    ['interview/routes.ts', 'interview/policy.ts'],
    ['interview/routes.ts', 'identity/index.ts'],
    ['interview/routes.ts', 'web/respond.ts'],
    ['identity/index.ts', 'organization/index.ts'],
    ['web/locals.ts', 'platform/logger.ts'],
    ['platform/logger.ts', 'config.ts'],
    ['kernel/parse.ts', 'zod'],
    ['statistics/index.ts', 'mailbox/index.ts'],
    ['app.ts', 'interview/index.ts'],
    ['platform/mailer.ts', 'nodemailer'],
  ])('lets %s import %s', (file, target) => {
    expect(brokenRule(file, target)).toBeNull();
  });

  it('sees every kind of import', () => {
    const source = `import type { A } from './a.ts';\nimport b, {\n  c,\n} from "./b.ts";\nimport './c.ts';\nexport { d } from './d.ts';
      const e = await import('./e.ts');`;
    expect(importsOf(source)).toEqual([
      { target: './a.ts', typeOnly: true },
      { target: './b.ts', typeOnly: false },
      { target: './c.ts', typeOnly: false },
      { target: './d.ts', typeOnly: false },
      { target: './e.ts', typeOnly: false },
    ]);
  });
});
