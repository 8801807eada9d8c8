import { type DemoOptions, readDemoOptions, USAGE } from './demo/demo-options.ts';
import { ManagementClient } from './demo/management-client.ts';
import { ProgressBar } from './demo/progress-bar.ts';
import type { Tally } from './demo/tally.ts';
import { makeTraffic } from './demo/traffic.ts';
import { whatToLookAt } from './demo/what-to-look-at.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`demo: ${line}\n`);

const options = optionsOrExit();
const { orders, gateway, gatewayManagement, orderManagement } = options;
for (const url of [`${gateway}/health/ready`, `${gatewayManagement}/info`, `${orderManagement}/info`]) {
  await answersOrExit(url);
}

try {
  const tally = await run();
  for (const surprise of tally.surprises.slice(0, 10)) complain(surprise);
  if (tally.surprises.length > 10) complain(`and ${tally.surprises.length - 10} more`);
  process.exit(tally.surprises.length > 0 ? 1 : 0);
} catch (error) {
  const { message, cause } = error as Error;
  complain(cause instanceof Error ? `${message}: ${cause.message}` : message);
  process.exit(1);
}

async function run(): Promise<Tally> {
  const bar = new ProgressBar(process.stdout, orders, 'orders');
  const { tally, failedTraceId } = await makeTraffic({
    gatewayUrl: gateway,
    orders,
    order: new ManagementClient(orderManagement),
    onProgress: (done) => bar.show(done),
  });
  const slowest = await new ManagementClient(gatewayManagement).slowestRequest();
  say(`\nAnswers: ${tally}\n\nWhat to look at:\n${whatToLookAt({ slowest, failedTraceId }, options)}\n`);
  return tally;
}

function optionsOrExit(): DemoOptions {
  try {
    return readDemoOptions(process.argv.slice(2), process.env);
  } catch (error) {
    complain(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

async function answersOrExit(url: string): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
  } catch {
    complain(`nothing answers on ${new URL(url).origin}. Start the samples with npm start in another terminal.`);
    process.exit(1);
  }
}
