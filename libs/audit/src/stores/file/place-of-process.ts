import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where process ids mean what they mean here: one run of one machine, and one container of it. */
export function placeOfProcess(): string {
  const boot = told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = told(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, namespace].map((part) => part.replace(/\s+/g, '')).join('/');
}

/** Not every system tells. */
function told(read: () => string): string {
  try {
    return read();
  } catch {
    return '-';
  }
}
