import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const BUILT = ['dist/bench', 'libs/dist'];

/** Answers a digest of all that was built to be measured: the same as long as the same is measured. */
export function digestOfBuiltFiles(): string {
  const digest = createHash('sha256');
  for (const folder of BUILT) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.js')).toSorted()) {
      digest.update(`${folder}/${name}\n`).update(readFileSync(join(ROOT, folder, name)));
    }
  }
  return digest.digest('hex');
}
