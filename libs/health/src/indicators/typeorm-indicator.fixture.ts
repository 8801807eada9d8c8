import { TypeOrmIndicator } from './typeorm.indicator.js';

// A program that makes the indicator and tells what came of it.
try {
  const { name } = new TypeOrmIndicator('database', { options: { type: 'postgres' }, query: async () => [] });
  process.stdout.write(`${name} is made`);
} catch (error) {
  process.stdout.write((error as Error).message);
}
