import { writePages } from './pages/written-pages.ts';

await writePages();
process.stdout.write('bench:report: docs/cost.svg and the tables of the pages tell what bench/results.json holds\n');
