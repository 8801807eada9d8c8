import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpServerObservation } from './http-server-observation.js';
import type { HttpPlatform } from './http-platform.js';
import { REQUEST_ID } from './id-headers.js';
import type { Observations } from './observations.js';
import { type OpenAnswer, OpenAnswers } from './open-answers.js';
import { outcomeOfStatus } from './outcome.js';
import { currentFrame, enterFrame, type Frame, runInFrame } from './process-wide.js';
import { RequestIds } from './request-ids.js';
import { pathOf } from './path-of.js';
import type { TrustedPeers } from './trusted-peers.js';

const DRAIN_POLL_MS = 10;

/** Where a request says that it is watched already, in whatever context it comes by. */
const FRAME = Symbol('frame');
type Watched = IncomingMessage & { [FRAME]?: Frame };

/**
 * Watches every request of one app from before the first middleware until its answer is out or its client is gone.
 * It is a `request` listener in front of the others on Nest's own server; a request that reaches the framework some
 * other way (`app.inject()`, a second server) is caught by the platform's first hook.
 */
export class HttpServerEdge {
  /** Answers that are not complete yet. */
  readonly open = new OpenAnswers();
  readonly #requestIds = new RequestIds();
  readonly #ignored: ((path: string) => boolean)[] = [];
  readonly #waiting = new WeakMap<Socket, Set<OpenAnswer>>();
  #platform?: HttpPlatform;
  #draining = false;

  constructor(
    private readonly observations: Observations,
    private readonly peers: TrustedPeers,
  ) {}

  attach(server: Server, platform: HttpPlatform): void {
    this.#platform = platform;
    server.prependListener('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      // Entered even with nothing: Node 22 would otherwise show this request the previous one on its connection.
      enterFrame(this.#isIgnored(incoming) ? undefined : this.#start(incoming, outgoing));
    });
    platform.addFirstHook((incoming, outgoing, request, next) => {
      let frame = (incoming as Watched)[FRAME];
      // An answer that was cut off before anybody saw its request will not say so again.
      if (!frame && !outgoing.destroyed && !this.#isIgnored(incoming)) frame = this.#start(incoming, outgoing);
      const observation = frame?.observation as HttpServerObservation | undefined;
      observation?.attachRequest(request);
      if (observation !== undefined && platform.routesFirst) this.locate(observation);
      // What came before may have added to the context, or lost it.
      if (observation !== undefined && currentFrame()?.observation === observation) next();
      else runInFrame(frame, next);
    });
  }

  /** Leaves requests to these paths out of everything: health probes, operators' pages. */
  ignore(matches: (path: string) => boolean): void {
    this.#ignored.push(matches);
  }

  /** Whether a request is observed: those to ignored paths are not. */
  isWatched(incoming: IncomingMessage): boolean {
    return (incoming as Watched)[FRAME] !== undefined;
  }

  /** Writes down which route a request matched, if any, and whom it leads to. */
  locate(observation: HttpServerObservation): void {
    if (observation.request !== undefined && observation.route === undefined) this.#platform?.locate(observation);
  }

  /** From now on every answer closes its connection, so that clients come back elsewhere. */
  drain(): void {
    this.#draining = true;
    for (const { outgoing } of this.open) {
      if (!outgoing.headersSent) outgoing.shouldKeepAlive = false;
    }
  }

  /** Waits until every request in flight has its answer, and says whether that came to pass in time. */
  async drained(deadlineMs: number): Promise<boolean> {
    const deadline = performance.now() + deadlineMs;
    while (this.open.size > 0 && performance.now() < deadline) await sleep(DRAIN_POLL_MS);
    return this.open.size === 0;
  }

  #isIgnored(incoming: IncomingMessage): boolean {
    if (this.#ignored.length === 0) return false;
    const path = pathOf(incoming.url);
    for (const matches of this.#ignored) if (matches(path)) return true;
    return false;
  }

  #start(incoming: IncomingMessage, outgoing: ServerResponse): Frame {
    const clientAddress = incoming.socket?.remoteAddress;
    const trustedPeer = this.peers.trusts(clientAddress);
    const requestId = this.#requestIds.idOf(incoming.headers[REQUEST_ID], trustedPeer);
    const observation = new HttpServerObservation(incoming, requestId);
    observation.clientAddress = clientAddress;
    observation.trustedPeer = trustedPeer;
    const frame = this.observations.start(observation);
    (incoming as Watched)[FRAME] = frame;
    this.#platform!.tellIds(outgoing, observation);
    if (this.#draining) outgoing.shouldKeepAlive = false;
    const answer = this.open.add(observation, incoming, outgoing);
    outgoing.on('close', () => this.#stop(answer));
    // An answer that waits behind another one has no socket yet.
    if (outgoing.socket === null && incoming.httpVersionMajor === 1 && incoming.socket) {
      this.#waitingOn(incoming.socket).add(answer);
    }
    return frame;
  }

  /** An answer queued behind a slow one gets no event at all when the client goes away: only its socket tells. */
  #waitingOn(socket: Socket): Set<OpenAnswer> {
    let waiting = this.#waiting.get(socket);
    if (waiting === undefined) {
      const onSocket = (waiting = new Set<OpenAnswer>());
      this.#waiting.set(socket, onSocket);
      socket.once?.('close', () => {
        for (const answer of onSocket) this.#stop(answer);
      });
    }
    return waiting;
  }

  #stop(answer: OpenAnswer): void {
    if (!this.open.remove(answer)) return;
    const { observation, incoming, outgoing } = answer;
    if (incoming.socket) this.#waiting.get(incoming.socket)?.delete(answer);
    observation.aborted = !isComplete(answer);
    if (outgoing.headersSent) observation.status = outgoing.statusCode;
    this.locate(observation);
    observation.outcome = observation.aborted ? 'unknown' : outcomeOfStatus(outgoing.statusCode);
    this.observations.stop(observation);
    try {
      observation.releaseRequest();
    } catch (error) {
      this.observations.internalErrors.record('http.server', error);
    }
  }
}

/** Whether the whole answer went out, which only a real socket can prevent once it has ended. */
function isComplete({ incoming, outgoing }: OpenAnswer): boolean {
  if (!(incoming.socket instanceof Socket)) return outgoing.writableEnded;
  // HTTP/2 answers have no `writableFinished`.
  return outgoing.writableFinished ?? outgoing.writableEnded;
}
