import { anEntry } from '../../audit-entry.fixture.js';
import { FileStore } from '../file.store.js';

// Writes records to the folder that its argument names, many at a time, and says of each one when it is durable.
const [, , directory] = process.argv;
const store = await FileStore.open({ directory: directory!, stream: 'orders' });

async function writeOn(): Promise<never> {
  for (;;) {
    const entry = anEntry({ reason: 'x'.repeat(Math.trunc(Math.random() * 4_000)) });
    await store.append([entry]);
    process.stdout.write(`${entry.id}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, writeOn));
