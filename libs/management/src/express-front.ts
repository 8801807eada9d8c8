import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppFront } from './app-front.js';
import type { ManagementEndpoints } from './management-endpoints.js';

interface ExpressApp {
  use(middleware: (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void): void;
  /** Public on Express 5; its `stack` is the only way to be first, and to see the routes. */
  router: { stack: { route?: { path: unknown } }[] };
}

export class ExpressFront implements AppFront {
  constructor(private readonly app: ExpressApp) {}

  intercept(take: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean): void {
    this.app.use((incoming, outgoing, next) => {
      if (!take(incoming, outgoing)) next();
    });
    // The app's body parsers are there already, and would read what the pages read.
    const { stack } = this.app.router;
    stack.unshift(stack.pop()!);
  }

  hiddenRoute(endpoints: ManagementEndpoints): string | undefined {
    const paths = this.app.router.stack.flatMap(({ route }) => route?.path ?? []);
    return paths.find((path): path is string => typeof path === 'string' && endpoints.pageAt(path) !== undefined);
  }
}
