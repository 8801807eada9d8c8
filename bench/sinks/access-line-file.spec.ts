import { writeSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { AccessLineFile } from './access-line-file.ts';

it('counts access lines alone, and from zero once it was emptied', async () => {
  await using directory = temporaryDirectory();
  using file = new AccessLineFile(directory.path);
  writeSync(file.fd, '{"msg":"request completed","duration_ms":0.4}\n{"msg":"listening"}\n');
  writeSync(file.fd, '{"msg":"request completed","duration_ms":12}\n');
  expect(file.count()).toBe(2);
  file.empty();
  expect(file.count()).toBe(0);
  writeSync(file.fd, '{"duration_ms":1}\n');
  expect(file.count()).toBe(1);
});

it('counts the lines of pino-http, too, and tells which requests were sampled', async () => {
  await using directory = temporaryDirectory();
  using file = new AccessLineFile(directory.path);
  writeSync(file.fd, '{"req":{"id":1},"responseTime":10,"msg":"request completed"}\n');
  writeSync(file.fd, '{"trace_flags":"01","duration_ms":1}\n{"trace_flags":"00","duration_ms":1}\n');
  writeSync(file.fd, '{"trace_flags":"01","msg":"hello"}\n{"trace_flags":"01","duration_ms":1}\n');
  expect(file.count()).toBe(4);
  expect(file.countSampled()).toBe(2);
});

it('quotes the line that tells of an error', async () => {
  await using directory = temporaryDirectory();
  using file = new AccessLineFile(directory.path);
  writeSync(file.fd, 'starting\nError: no such option\n    at somewhere\n');
  expect(file.complaint()).toBe('Error: no such option');
});
