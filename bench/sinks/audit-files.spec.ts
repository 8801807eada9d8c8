import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { AuditFiles } from './audit-files.ts';

it('counts the records of all audit files below a directory, and what is written later', async () => {
  await using directory = temporaryDirectory();
  const files = new AuditFiles(directory.path);
  expect(files.count()).toBe(0);

  const nested = join(directory.path, '.data', 'audit', 'bench');
  mkdirSync(nested, { recursive: true });
  appendFileSync(join(nested, 'audit.jsonl'), '{"record":1}\n{"record":2}\n');
  appendFileSync(join(nested, 'other.jsonl'), '{"other":1}\n');
  appendFileSync(join(directory.path, 'audit.jsonl'), '{"record":3}\n');
  expect(files.count()).toBe(3);

  appendFileSync(join(nested, 'audit.jsonl'), '{"rec');
  expect(files.count()).toBe(3);
  appendFileSync(join(nested, 'audit.jsonl'), 'ord":4}\n');
  expect(files.count()).toBe(4);
});
