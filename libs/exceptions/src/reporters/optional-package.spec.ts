import { expect, it } from 'vitest';
import { optionalPackage } from './optional-package.js';

it('a package that is missing stops the start with the line that installs it', async () => {
  const missing = optionalPackage('@sentry/missing', 'sentry', () => import('@sentry/missing' as string));
  await expect(missing).rejects.toThrow(
    'ExceptionsModule: sentry needs the package @sentry/missing, which cannot be loaded. Run: npm install @sentry/missing',
  );
});
