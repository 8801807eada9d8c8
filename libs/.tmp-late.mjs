import "reflect-metadata";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { Catch, ConfigurableModuleBuilder, Global, Inject, Injectable, Logger, Module, Scope } from "@nestjs/common";
import { ApplicationConfig, DiscoveryModule, DiscoveryService, HttpAdapterHost, ModulesContainer, NestFactory } from "@nestjs/core";
import { STATUS_CODES, createServer } from "node:http";
import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { once } from "node:events";
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { types } from "node:util";
import { existsSync, mkdirSync, openSync, readFileSync, write, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import diagnostics from "node:diagnostics_channel";
import { isatty } from "node:tty";
import { prettyFactory } from "pino-pretty";
import { pino, symbols } from "pino";
import { Logger as Logger$1, LoggerModule, NativeLogger, PARAMS_PROVIDER_TOKEN, PinoLogger } from "nestjs-pino";
// ../../management/src/path-template.ts
/** A path such as `/loggers/:name`, whose parts with a colon stand for any one part and a last `*rest` for all the rest. */
var PathTemplate = class {
	#segments;
	constructor(path) {
		this.path = path;
		this.#segments = segmentsOf(path);
		const [first = ""] = this.#segments;
		if (!path.startsWith("/") || first === "" || first.startsWith(":") || first.startsWith("*")) throw new Error(`ManagementModule: path "${path}" does not begin with a fixed part. Write it like "/loggers" or "/loggers/:name".`);
		const rest = this.#segments.findIndex((segment) => segment.startsWith("*"));
		if (rest !== -1 && rest !== this.#segments.length - 1) throw new Error(`ManagementModule: path "${path}" goes on after its "*". Put the part with "*" last.`);
		this.rank = this.#segments.map((segment) => ":*".indexOf(segment[0] ?? "") + 1).join("");
	}
	/** The first part, which is always a plain one. */
	get root() {
		return this.#segments[0];
	}
	/** The template without the names of its parts: two that look alike match the same paths. */
	get shape() {
		return this.#segments.map((segment) => /^[:*]/.test(segment) ? segment[0] : segment).join("/");
	}
	/** What the named parts stand for, decoded; undefined when the path is another one. */
	match(path) {
		const actual = segmentsOf(path);
		const params = {};
		for (const [index, segment] of this.#segments.entries()) {
			if (segment.startsWith("*")) {
				params[segment.slice(1)] = actual.slice(index).map(decode$1).join("/");
				return params;
			}
			const value = actual[index];
			if (value === void 0) return void 0;
			if (segment.startsWith(":") && value !== "") params[segment.slice(1)] = decode$1(value);
			else if (segment !== value) return void 0;
		}
		return actual.length === this.#segments.length ? params : void 0;
	}
};
function segmentsOf(path) {
	return path.split("/").slice(1);
}
function decode$1(segment) {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
// ../../management/src/management-endpoints.ts
/** The operators' pages of one app; patterns and users add theirs, in `onModuleInit` at the latest. */
var ManagementEndpoints = class {
	/** By the first part of the path, so that a request for anything else is told apart by one look. */
	#byRoot = /* @__PURE__ */ new Map();
	add(endpoint) {
		const template = new PathTemplate(endpoint.path);
		const entries = this.#byRoot.get(template.root) ?? [];
		const twin = entries.find((entry) => entry.endpoint.method === endpoint.method && entry.template.shape === template.shape);
		if (twin !== void 0) throw new Error(`ManagementEndpoints: ${endpoint.method} ${endpoint.path} exists already, as ${twin.endpoint.path}. Give the new endpoint a path of its own.`);
		entries.push({
			endpoint,
			template
		});
		entries.sort((one, other) => one.template.rank < other.template.rank ? -1 : 1);
		this.#byRoot.set(template.root, entries);
	}
	list() {
		return [...this.#byRoot.values()].flat().map(({ endpoint }) => endpoint);
	}
	/** The endpoint for a request; for a known path with another method, the methods that it has. */
	find(method, path) {
		const wanted = method === "HEAD" ? "GET" : method;
		const allowed = /* @__PURE__ */ new Set();
		for (const { endpoint, template } of this.#entriesAt(path)) {
			const params = template.match(path);
			if (params === void 0) continue;
			if (endpoint.method === wanted) return {
				endpoint,
				params
			};
			allowed.add(endpoint.method);
			if (endpoint.method === "GET") allowed.add("HEAD");
		}
		return { allowed: [...allowed] };
	}
	/** The template of the page at a path, whatever the method. */
	pageAt(path) {
		return this.#entriesAt(path).find(({ template }) => template.match(path) !== void 0)?.endpoint.path;
	}
	#entriesAt(path) {
		const end = path.indexOf("/", 1);
		return this.#byRoot.get(path.slice(1, end === -1 ? void 0 : end)) ?? [];
	}
};
// ../../management/src/management.options.ts
var DEFAULT_MANAGEMENT_OPTIONS = {
	port: 9700,
	host: "127.0.0.1",
	anonymous: [],
	hosts: []
};
/** Provide it from a global module to set where operators' pages are served; `false` serves none. */
var MANAGEMENT_OPTIONS = Symbol("MANAGEMENT_OPTIONS");
// ../../management/src/free-port.ts
var TRIES = 100;
/** Has a server listen on a port, or on the next one that is free. */
async function openOnFreePort(server, host, port) {
	const last = Math.min(port + TRIES - 1, 65535);
	for (let candidate = port; candidate <= last; candidate++) {
		server.listen({
			host,
			port: candidate,
			exclusive: true
		});
		const error = await once(server, "listening").catch((cause) => cause);
		if (!(error instanceof Error)) return;
		if (error.code !== "EADDRINUSE") throw new Error(`ManagementModule: host '${host}' and port ${candidate} cannot be listened on: ${error.message}. Set management.host and management.port to an address and a port of this machine.`, { cause: error });
	}
	throw new Error(`ManagementModule: the ports ${port} to ${last} on '${host}' are all taken. Set management.port to another one, or 0 for any.`);
}
// ../../management/src/management-server.ts
var LIMITS = {
	headersTimeout: 1e4,
	requestTimeout: 3e4,
	maxHeaderSize: 16384
};
var CLOSE_MS = 500;
/** Serves operators' pages on a port of their own, for as long as the app lives; it keeps no process alive. */
var ManagementServer = class {
	#logger = new Logger("ManagementServer");
	#server;
	#url;
	constructor(settings, listener) {
		this.settings = settings;
		this.listener = listener;
	}
	/** Where the pages are, with the port that was found free; undefined while they have no port of their own. */
	get url() {
		return this.#url;
	}
	async open() {
		const { port, host } = this.settings;
		if (typeof port !== "number") return;
		const server = createServer(LIMITS, (incoming, outgoing) => void this.listener.answer(incoming, outgoing));
		server.unref();
		server.on("connection", (socket) => socket.unref());
		await openOnFreePort(server, host, port);
		server.on("error", (error) => this.#logger.warn({ err: error }, "The management server has trouble"));
		this.#server = server;
		const { address, port: actual } = server.address();
		this.#url = `http://${isIPv6(address) ? `[${address}]` : address}:${actual}`;
		this.#logger.log(`Operators' pages: ${this.#url}${port === 0 || port === actual ? "" : ` (${port} is taken)`}`);
	}
	/** Answers what is under way for a moment longer and gives the port back. */
	async close() {
		const server = this.#server;
		if (server === void 0) return;
		this.#server = this.#url = void 0;
		const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
		await new Promise((closed) => server.close(closed));
		clearTimeout(timer);
	}
};
// ../../observation/src/observation.ts
/**
* One thing that was done: when it started, how long it took, how it ended and under which ids.
* Facts of few values (route, method, status) are fields of their own on the subclasses, apart from facts of many
* values (paths, ids), so that a metric label cannot be a user id by accident.
*/
var BaseObservation = class {
	constructor() {
		this.startMark = performance.now();
	}
	/** Start as milliseconds since the Unix epoch, with fractions. */
	get startTimeMs() {
		return performance.timeOrigin + this.startMark;
	}
};
/** The class name of an error, or of the value that was thrown instead of one. */
function errorType(error) {
	if (error instanceof Error) return error.constructor.name || error.name;
	return error === null ? "null" : typeof error;
}
// ../../observation/src/http-method.ts
var KNOWN = /* @__PURE__ */ new Set([
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"DELETE",
	"CONNECT",
	"OPTIONS",
	"TRACE",
	"PATCH",
	"QUERY"
]);
/** Folds methods that anybody can invent into `_OTHER`, as OpenTelemetry's HTTP conventions ask. */
function knownHttpMethod(method) {
	return KNOWN.has(method) ? method : "_OTHER";
}
// ../../observation/src/http-server-observation.ts
/** One HTTP request that this service answered, from its first byte of headers to the last byte of the answer. */
var HttpServerObservation = class extends BaseObservation {
	constructor(incoming, outgoing) {
		super();
		this.incoming = incoming;
		this.outgoing = outgoing;
		this.kind = "http.server";
		this.aborted = false;
		this.requestId = "";
		this.optOuts = NO_OPT_OUTS;
		this.trustedPeer = false;
		const url = incoming.url ?? "/";
		const query = url.indexOf("?");
		this.path = query < 0 ? url : url.slice(0, query);
		this.method = knownHttpMethod(incoming.method ?? "GET");
		this.scheme = incoming.socket.encrypted ? "https" : "http";
		this.protocolVersion = incoming.httpVersionMajor === 2 ? "2" : incoming.httpVersion;
	}
	get headers() {
		return this.incoming.headers;
	}
	/** The class of what was thrown, or the status of an answer that failed on the server's side; absent on success. */
	get errorType() {
		if (this.aborted) return "aborted";
		if (this.status === void 0 || this.status < 500) return void 0;
		return this.error === void 0 ? String(this.status) : errorType(this.error);
	}
};
var NO_OPT_OUTS = /* @__PURE__ */ new Set();
// ../../observation/src/http-client-observation.ts
/** One HTTP request that this service sent with `fetch`, `http` or `https`, until the body of the answer has ended. */
var HttpClientObservation = class extends BaseObservation {
	/**
	* @param setHeader adds a header to the request and says whether that was possible; a header that the caller set
	* itself stays as it is.
	*/
	constructor(method, url, setHeader) {
		super();
		this.setHeader = setHeader;
		this.kind = "http.client";
		this.aborted = false;
		const { protocol, hostname, port } = new URL(url.origin);
		this.method = knownHttpMethod(method.toUpperCase());
		this.scheme = protocol.slice(0, -1);
		this.serverAddress = hostname;
		this.serverPort = port === "" ? protocol === "https:" ? 443 : 80 : Number(port);
		this.path = url.path.split("?", 1)[0];
	}
	/** The class of what failed, or the status of an answer of 400 and above; absent on success. */
	get errorType() {
		if (this.error !== void 0) return errorType(this.error);
		return this.status !== void 0 && this.status >= 400 ? String(this.status) : void 0;
	}
};
// ../../observation/src/internal-errors.ts
var QUIET_MS$1 = 3e4;
/** Counts what goes wrong inside the suite itself, and logs each component's trouble at most once in 30 s. */
var InternalErrors = class {
	#counts = /* @__PURE__ */ new Map();
	#loggedAt = /* @__PURE__ */ new Map();
	#logger = new Logger("Observability");
	record(component, error) {
		this.#counts.set(component, (this.#counts.get(component) ?? 0) + 1);
		const now = performance.now();
		if (now - (this.#loggedAt.get(component) ?? -3e4) < QUIET_MS$1) return;
		this.#loggedAt.set(component, now);
		this.#logger.warn({
			err: error,
			component
		}, `${component} had a fault; the application is not affected`);
	}
	/** Faults by component since start. */
	counts() {
		return this.#counts;
	}
};
// ../../observation/src/process-wide.ts
/** What one asynchronous flow carries: whose app it belongs to, what is being observed, and OpenTelemetry's context. */
var Frame = class {
	constructor(app, observation, context, suppressed = false) {
		this.app = app;
		this.observation = observation;
		this.context = context;
		this.suppressed = suppressed;
	}
};
/**
* All that a process has only one of, in this one place: the storage of the current frame, the list of apps, and what
* is installed once for all of them. It lives on `globalThis`, so that two copies of the package share one context.
*/
var ProcessWide = class {
	constructor() {
		this.flow = new AsyncLocalStorage();
		this.apps = [];
		this.held = /* @__PURE__ */ new Map();
		this.appOfInstance = /* @__PURE__ */ new WeakMap();
	}
};
var KEY$1 = Symbol.for("@crowsnest/observability/process-wide/1");
var shared = globalThis[KEY$1] ??= new ProcessWide();
/** The frame of the running asynchronous flow, if any edge entered one. */
function currentFrame() {
	return shared.flow.getStore();
}
/** The observation that the running code is part of, if any. */
function currentObservation() {
	return shared.flow.getStore()?.observation;
}
/** The app that the running code belongs to: that of its frame, otherwise the oldest one in the process. */
function currentApp() {
	return shared.flow.getStore()?.app ?? shared.apps[0];
}
/** Makes a frame the current one for the rest of this asynchronous flow; `undefined` cuts off what came before. */
function enterFrame(frame) {
	shared.flow.enterWith(frame);
}
/** Runs work inside a frame. */
function runInFrame(frame, work) {
	return shared.flow.run(frame, work);
}
/** Counts an app in. */
function joinProcess(app) {
	if (!shared.apps.includes(app)) shared.apps.push(app);
}
/** Counts an app out and takes down what only it still needed. */
function leaveProcess(app) {
	const index = shared.apps.indexOf(app);
	if (index >= 0) shared.apps.splice(index, 1);
	for (const name of shared.held.keys()) letGo(app, name);
}
/**
* Installs something that a process can have only once, for as long as any app holds it, and gives what is installed.
* A second app that asks for the same thing with other settings is refused.
*/
function holdInProcess(app, name, install, settings = {}) {
	const wanted = JSON.stringify(settings);
	let held = shared.held.get(name);
	if (held === void 0) {
		held = {
			holders: /* @__PURE__ */ new Set(),
			settings: wanted,
			installed: install()
		};
		shared.held.set(name, held);
	} else if (held.settings !== wanted) throw new Error(`Observability: "${name}" exists once in a process and another app set it to ${held.settings}, but "${app.service.name}" wants ${wanted}. Give both apps the same options.`);
	held.holders.add(app);
	return held.installed;
}
function letGo(app, name) {
	const held = shared.held.get(name);
	if (held === void 0 || !held.holders.delete(app) || held.holders.size > 0) return;
	shared.held.delete(name);
	if (typeof held.installed === "function") held.installed();
	else held.installed.release();
}
/** Remembers which app an instance belongs to, so that its decorators report there. */
function claimInstance(instance, app) {
	shared.appOfInstance.set(instance, app);
}
// ../../observation/src/observations.ts
/** Opens and closes the observations of one app and tells each of them to the patterns' handlers. */
var Observations = class {
	#handlers;
	#aspects;
	constructor(service) {
		this.service = service;
		this.internalErrors = new InternalErrors();
		this.methods = [];
		this.#handlers = [];
		this.#aspects = /* @__PURE__ */ new Set();
	}
	register(handler) {
		this.#handlers.push(handler);
		for (const aspect of handler.aspects) this.#aspects.add(aspect);
	}
	/** Whether any handler acts on what a decorator marked; if none does, the method is called plainly. */
	follows(method) {
		for (const aspect of method.aspects.keys()) if (this.#aspects.has(aspect)) return true;
		return false;
	}
	/** Tells the handlers that something started and gives the frame in which its work is to run. */
	start(observation) {
		if (observation.kind !== "http.server") observation.context = currentFrame()?.context;
		for (const handler of this.#handlers) try {
			handler.started?.(observation);
		} catch (error) {
			this.internalErrors.record(handler.component, error);
		}
		return new Frame(this, observation, observation.context);
	}
	/** Ends an observation, once: a second call does nothing. */
	stop(observation) {
		if (observation.durationMs !== void 0) return;
		observation.durationMs = performance.now() - observation.startMark;
		for (const handler of this.#handlers) try {
			handler.stopped?.(observation);
		} catch (error) {
			this.internalErrors.record(handler.component, error);
		}
	}
	/** Ends a method's observation by what it threw, or by success. */
	settle(observation, error) {
		if (observation.durationMs !== void 0) return;
		if (error !== void 0) observation.error = error.thrown;
		observation.outcome ??= error === void 0 ? "success" : "failure";
		this.stop(observation);
	}
};
// ../../observation/src/outcome.ts
/** Tells the outcome of an HTTP exchange from its status code. */
function outcomeOfStatus(status) {
	if (status < 400) return "success";
	return status === 401 || status === 403 ? "denied" : "failure";
}
// ../../observation/src/request-id.ts
var ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/;
/** The caller's request id when the caller is trusted and the id is harmless, a new one otherwise. */
function requestIdOf(header, trusted) {
	return trusted && typeof header === "string" && ACCEPTABLE.test(header) ? header : randomUUID();
}
// ../../observation/src/http-server.edge.ts
var DRAIN_POLL_MS = 10;
/**
* Watches every request of one app from before the first middleware until its answer is out or its client is gone.
* It is a `request` listener in front of the others on Nest's own server; a request that reaches the framework some
* other way (`app.inject()`, a second server) is caught by the platform's first hook.
*/
var HttpServerEdge = class {
	#ignored;
	#onSocket;
	#draining;
	constructor(observations, peers, platform) {
		this.observations = observations;
		this.peers = peers;
		this.platform = platform;
		this.open = /* @__PURE__ */ new Set();
		this.#ignored = [];
		this.#onSocket = /* @__PURE__ */ new WeakMap();
		this.#draining = false;
	}
	attach(server) {
		server.prependListener("request", (incoming, outgoing) => {
			enterFrame(this.#isIgnored(incoming) ? void 0 : this.#start(incoming, outgoing));
		});
		this.platform.addFirstHook((incoming, outgoing, request, next) => {
			if (this.#isIgnored(incoming)) return runInFrame(void 0, next);
			const known = currentFrame()?.observation;
			if (known?.kind === "http.server" && known.incoming === incoming) {
				known.request = request;
				return next();
			}
			const frame = this.#start(incoming, outgoing);
			frame.observation.request = request;
			runInFrame(frame, next);
		});
	}
	/** Leaves requests to these paths out of everything: health probes, operators' pages. */
	ignore(matches) {
		this.#ignored.push(matches);
	}
	/** From now on every answer closes its connection, so that clients come back elsewhere. */
	drain() {
		this.#draining = true;
		for (const outgoing of this.open) if (!outgoing.headersSent) outgoing.shouldKeepAlive = false;
	}
	/** Waits until every request in flight has its answer, and says whether that came to pass in time. */
	async drained(deadlineMs) {
		const deadline = performance.now() + deadlineMs;
		while (this.open.size > 0 && performance.now() < deadline) await setTimeout$1(DRAIN_POLL_MS);
		return this.open.size === 0;
	}
	#isIgnored(incoming) {
		if (this.#ignored.length === 0) return false;
		const path = (incoming.url ?? "/").split("?", 1)[0];
		return this.#ignored.some((matches) => matches(path));
	}
	#start(incoming, outgoing) {
		const observation = new HttpServerObservation(incoming, outgoing);
		observation.clientAddress = incoming.socket?.remoteAddress;
		observation.trustedPeer = this.peers.trusts(observation.clientAddress);
		observation.requestId = requestIdOf(incoming.headers["x-request-id"], observation.trustedPeer);
		const frame = this.observations.start(observation);
		outgoing.setHeader("x-request-id", observation.requestId);
		if (observation.trace !== void 0) outgoing.setHeader("x-trace-id", observation.trace.traceId);
		if (this.#draining) outgoing.shouldKeepAlive = false;
		this.open.add(outgoing);
		this.#stopOnceClosed(observation);
		return frame;
	}
	/** Ends the observation from this closure and never from the store, which may belong to another request by then. */
	#stopOnceClosed(observation) {
		const { incoming, outgoing } = observation;
		const onSocket = incoming.httpVersionMajor === 1 && incoming.socket ? this.#openOn(incoming.socket) : void 0;
		onSocket?.add(observation);
		outgoing.once("close", () => {
			onSocket?.delete(observation);
			this.#stop(observation);
		});
	}
	/** An answer queued behind a slow one gets no event at all when the client goes away: only its socket tells. */
	#openOn(socket) {
		let open = this.#onSocket.get(socket);
		if (open === void 0) {
			const waiting = open = /* @__PURE__ */ new Set();
			this.#onSocket.set(socket, waiting);
			socket.once?.("close", () => {
				for (const observation of waiting) this.#stop(observation);
			});
		}
		return open;
	}
	#stop(observation) {
		const { outgoing } = observation;
		if (!this.open.delete(outgoing)) return;
		observation.aborted = !(outgoing.writableFinished ?? outgoing.writableEnded);
		if (outgoing.headersSent) observation.status = outgoing.statusCode;
		observation.route ??= this.platform.routeOf(observation);
		observation.actor ??= actorOf(observation.request);
		observation.outcome = observation.aborted ? "unknown" : outcomeOfStatus(outgoing.statusCode);
		this.observations.stop(observation);
	}
};
/** The verified principal as Passport and the usual guards leave it on the request. */
function actorOf(request) {
	const user = request?.user;
	const id = user?.id ?? user?.sub;
	return typeof id === "string" || typeof id === "number" ? { id: String(id) } : void 0;
}
// ../../observation/src/observed-method.ts
var OBSERVED = Symbol.for("@crowsnest/observability/observed-method");
/** What decorators marked a method with, if any did. */
function observedMethodOf(method) {
	return typeof method === "function" ? method[OBSERVED] : void 0;
}
// ../../observation/src/observed.decorator.ts
/** The aspect that tracing, metrics and logging all act on. */
var OBSERVED_ASPECT = "observed";
// ../../observation/src/opt-out.decorator.ts
var OPT_OUTS = Symbol.for("@crowsnest/observability/opt-outs");
var NONE = /* @__PURE__ */ new Set();
/** The opt-outs of a handler and its class together. */
function optOutsOf(type, handler) {
	const ofType = Reflect.getMetadata(OPT_OUTS, type);
	const ofHandler = Reflect.getMetadata(OPT_OUTS, handler);
	if (ofType === void 0) return ofHandler ?? NONE;
	return ofHandler === void 0 ? ofType : /* @__PURE__ */ new Set([...ofType, ...ofHandler]);
}
// ../../observation/src/service-identity.ts
/**
* Completes the identity from options, then OpenTelemetry's variables, then the package.json of the program.
* Names of variables and attributes: OpenTelemetry SDK configuration and resource conventions.
*/
function resolveServiceIdentity(options = {}, env = process.env) {
	for (const [key, value] of Object.entries(options)) if (typeof value !== "string" || value.trim() === "") throw new Error(`ObservabilityModule: service.${key} is ${JSON.stringify(value)}. Give a text that is not empty, or leave it out.`);
	const resource = parseResourceAttributes(env["OTEL_RESOURCE_ATTRIBUTES"] ?? "");
	const program = readProgramPackage();
	return {
		name: options.name ?? (env["OTEL_SERVICE_NAME"] || resource["service.name"] || program.name || "unknown_service:node"),
		version: options.version ?? (resource["service.version"] || program.version || "0.0.0"),
		environment: options.environment ?? (resource["deployment.environment.name"] || env["NODE_ENV"] || "development"),
		instance: options.instance ?? (resource["service.instance.id"] || `${hostname()}-${process.pid}`)
	};
}
function parseResourceAttributes(text) {
	const pairs = text.split(",").map((pair) => pair.split("="));
	return Object.fromEntries(pairs.filter((pair) => pair.length === 2).map(([key, value]) => [key.trim(), decode(value.trim())]));
}
function decode(value) {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
function readProgramPackage() {
	let folder = process.argv[1] === void 0 ? process.cwd() : dirname(process.argv[1]);
	while (!existsSync(join(folder, "package.json"))) {
		const parent = dirname(folder);
		if (parent === folder) return {};
		folder = parent;
	}
	try {
		return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	} catch {
		return {};
	}
}
// ../../observation/src/observation.options.ts
/** Provide it from a global module to set what every pattern's observations share. */
var OBSERVATION_OPTIONS = Symbol("OBSERVATION_OPTIONS");
// \0@oxc-project+runtime@0.156.0/helpers/esm/decorate.js
function __decorate(decorators, target, key, desc) {
	var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
	if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
	else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
	return c > 3 && r && Object.defineProperty(target, key, r), r;
}
// ../../observation/src/exception-tap.ts
/**
* Matches nothing, and notes what it was asked about. Nest looks for a filter by `instanceof`, so a filter for this
* type sees every exception on its way to the filter that handles it, and handles none: the answer stays Nest's own
* or the user's, on every transport.
*/
var NothingCaught = class {
	static [Symbol.hasInstance](exception) {
		const observation = currentObservation();
		if (observation?.kind === "http.server") observation.error = exception;
		return false;
	}
};
var ExceptionTap = class ExceptionTap {
	catch() {
		throw new Error("ExceptionTap matches no exception, so Nest never calls it.");
	}
};
ExceptionTap = __decorate([Catch(NothingCaught)], ExceptionTap);
// ../../observation/src/express.platform.ts
var ExpressPlatform = class {
	constructor(app) {
		this.app = app;
	}
	addFirstHook(hook) {
		this.app.use((request, response, next) => hook(request, response, request, next));
		const { stack } = this.app.router;
		stack.unshift(stack.pop());
	}
	routeOf(observation) {
		const { baseUrl = "", route } = observation.request ?? observation.incoming;
		const template = typeof route?.path === "string" ? baseUrl + route.path : this.#unreachedRouteOf(observation);
		return observation.className === void 0 && template?.endsWith("*path") ? void 0 : template;
	}
	/** A request that fails in a body parser or a middleware ends before its route is looked up. */
	#unreachedRouteOf({ incoming, path }) {
		const method = (incoming.method ?? "GET").toLowerCase();
		for (const layer of this.app.router.stack) {
			if (layer.route === void 0) continue;
			if ((layer.route.methods[method] || layer.route.methods["_all"]) && typeof layer.route.path === "string" && matches(layer, path)) return layer.route.path;
		}
	}
};
function matches(layer, path) {
	try {
		return layer.match(path);
	} catch {
		return false;
	}
}
// ../../observation/src/fastify.platform.ts
var FastifyPlatform = class {
	constructor(app) {
		this.app = app;
	}
	addFirstHook(hook) {
		this.app.addHook("onRequest", (request, reply, done) => hook(request.raw, reply.raw, request, done));
	}
	routeOf({ request }) {
		const { is404, routeOptions } = request ?? {};
		return is404 ? void 0 : routeOptions?.url;
	}
};
// ../../observation/src/front-guard.ts
/**
* Writes the Nest class and method on the current observation and lets everything pass. It is put before all other
* guards, so that a request which one of them refuses still says what it was for.
*/
var FrontGuard = class {
	canActivate(context) {
		const observation = currentObservation();
		if (observation?.kind === "http.server" && context.getType() === "http") {
			const type = context.getClass();
			const handler = context.getHandler();
			observation.className = type.name;
			observation.methodName = handler.name;
			observation.request = context.switchToHttp().getRequest();
			observation.optOuts = optOutsOf(type, handler);
		}
		return true;
	}
};
// ../../observation/src/node-http.channels.ts
/** An answer that nobody reads never closes its request: such a call ends this long after its headers came. */
var UNREAD_ANSWER_MS = 3e4;
/** `http`, `https` and everything built on them. Channels: Node's diagnostics_channel documentation, HTTP. */
var NODE_HTTP_CHANNELS = {
	"http.client.request.created": (calls, { request }) => {
		calls.start(request, () => new HttpClientObservation(request.method, {
			origin: `${request.protocol}//${request.getHeader("host") ?? request.host}`,
			path: request.path
		}, (name, value) => setHeader(request, name, value)));
		request.once("close", () => {
			const answer = request.res;
			calls.stop(request, answer?.complete === false ? /* @__PURE__ */ new Error("The answer was cut off.") : void 0);
		});
	},
	"http.client.response.finish": (calls, { request, response }) => {
		calls.answered(request, response.statusCode ?? 0);
		if (response.readableFlowing === null) setTimeout(() => calls.stop(request), UNREAD_ANSWER_MS).unref();
	},
	"http.client.request.error": (calls, { request, error }) => calls.stop(request, error)
};
/** Headers given as an array, and `Expect: 100-continue`, are sent before anybody could add to them. */
function setHeader(request, name, value) {
	if (request.headersSent) return false;
	if (!request.hasHeader(name)) request.setHeader(name, value);
	return true;
}
// ../../observation/src/undici.channels.ts
/** Global `fetch` and every other user of undici. */
var UNDICI_CHANNELS = {
	"undici:request:create": (calls, { request }) => calls.start(request, () => new HttpClientObservation(request.method, {
		origin: String(request.origin),
		path: request.path
	}, (name, value) => addHeader(request, name, value))),
	"undici:request:headers": (calls, { request, response }) => calls.answered(request, response.statusCode),
	"undici:request:trailers": (calls, { request }) => calls.stop(request),
	"undici:request:error": (calls, { request, error }) => calls.stop(request, error)
};
/** `addHeader` appends, so a header of the caller's own has to be looked for first. */
function addHeader(request, name, value) {
	const { headers } = request;
	if (!(typeof headers === "string" ? headers.toLowerCase().includes(`${name.toLowerCase()}:`) : headers.some((item, index) => index % 2 === 0 && String(item).toLowerCase() === name.toLowerCase()))) request.addHeader(name, value);
	return true;
}
// ../../observation/src/http-client.edge.ts
/** The outgoing requests that are under way, by the request object of the client that sends them. */
var OutgoingCalls = class {
	#underWay = /* @__PURE__ */ new WeakMap();
	/** Opens an observation for the app that the running code belongs to, unless the request is the suite's own. */
	start(request, observe) {
		if (currentFrame()?.suppressed) return;
		const app = currentApp();
		if (app === void 0) return;
		const observation = observe();
		app.start(observation);
		this.#underWay.set(request, {
			app,
			observation
		});
	}
	answered(request, status) {
		const call = this.#underWay.get(request);
		if (call !== void 0) call.observation.status = status;
	}
	/** Ends a call: by an answer that is complete, or by what went wrong. */
	stop(request, error) {
		const call = this.#underWay.get(request);
		if (call === void 0) return;
		this.#underWay.delete(request);
		const { app, observation } = call;
		if (isAbort(error)) {
			observation.aborted = true;
			if (observation.status === void 0) observation.error = error;
		} else observation.error = error;
		if (observation.aborted) observation.outcome = "unknown";
		else if (error !== void 0 || observation.status === void 0) observation.outcome = "failure";
		else observation.outcome = outcomeOfStatus(observation.status);
		app.stop(observation);
	}
};
function isAbort(error) {
	return error instanceof Error && error.name === "AbortError";
}
/** Watches what `fetch`, `http` and `https` send, through the channels that Node itself publishes on. */
function watchOutgoingHttp() {
	const calls = new OutgoingCalls();
	const subscriptions = [...Object.entries(UNDICI_CHANNELS), ...Object.entries(NODE_HTTP_CHANNELS)].map(([name, listen]) => {
		const subscriber = (message) => {
			try {
				listen(calls, message);
			} catch (error) {
				currentApp()?.internalErrors.record("http.client", error);
			}
		};
		diagnostics.subscribe(name, subscriber);
		return () => diagnostics.unsubscribe(name, subscriber);
	});
	return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}
// ../../observation/src/import-once.ts
/** Refuses an app that imports such a module twice, and says where. */
function refuseSecondImports(modules) {
	const seen = /* @__PURE__ */ new Set();
	for (const { metatype } of modules.values()) {
		if (!metatype.importOnce) continue;
		if (seen.has(metatype)) throw new Error(explain(metatype, modules));
		seen.add(metatype);
	}
}
function explain(metatype, modules) {
	const importers = [...modules.values()].filter(({ imports }) => [...imports].some((one) => one.metatype === metatype));
	const names = [...new Set(importers.map(({ name }) => name))].join(" and ");
	return `${metatype.name} is imported twice, by ${names}: every signal would be doubled. Import it once, in the root module.`;
}
// \0@oxc-project+runtime@0.156.0/helpers/esm/decorateMetadata.js
function __decorateMetadata(k, v) {
	if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
}
// ../../observation/src/observed-instances.ts
var ObservedInstances = class ObservedInstances {
	#done = false;
	constructor(discovery, observations) {
		this.discovery = discovery;
		this.observations = observations;
	}
	claim() {
		if (this.#done) return;
		this.#done = true;
		const types = /* @__PURE__ */ new Set();
		for (const { instance, metatype } of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
			if (typeof instance === "object" && instance !== null) {
				claimInstance(instance, this.observations);
				types.add(instance.constructor);
			}
			if (typeof metatype === "function") types.add(metatype);
		}
		for (const type of types) this.#collect(type);
	}
	#collect(type) {
		const seen = /* @__PURE__ */ new Set();
		for (let level = type.prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) for (const key of Reflect.ownKeys(level)) {
			const method = observedMethodOf(Object.getOwnPropertyDescriptor(level, key)?.value);
			if (method !== void 0 && !seen.has(key)) this.observations.methods.push({
				className: type.name,
				method
			});
			seen.add(key);
		}
	}
};
ObservedInstances = __decorate([Injectable(), __decorateMetadata("design:paramtypes", [typeof DiscoveryService === "undefined" ? Object : DiscoveryService, typeof Observations === "undefined" ? Object : Observations])], ObservedInstances);
// ../../observation/src/trusted-peers.ts
var PRIVATE = [
	"127.0.0.0/8",
	"10.0.0.0/8",
	"172.16.0.0/12",
	"192.168.0.0/16",
	"::1/128",
	"fc00::/7"
];
var MAX_REMEMBERED$1 = 1e3;
/** Tells whether the peer at the other end of a socket may name the trace and the request. */
var TrustedPeers = class {
	#ranges = new BlockList();
	#known = /* @__PURE__ */ new Map();
	constructor(peers = "private") {
		for (const range of rangesOf(peers)) {
			const [address, bits] = range.split("/");
			const family = isIP(address);
			const prefix = bits === void 0 ? family === 6 ? 128 : 32 : Number(bits);
			if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 6 ? 128 : 32)) throw new Error(`ObservabilityModule: trust.peers has "${range}", which is no address range. Write it like "10.0.0.0/8" or "fd00::/8".`);
			this.#ranges.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
		}
	}
	trusts(address) {
		if (address === void 0) return true;
		let trusted = this.#known.get(address);
		if (trusted === void 0) {
			const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
			trusted = this.#ranges.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
			if (this.#known.size >= MAX_REMEMBERED$1) this.#known.clear();
			this.#known.set(address, trusted);
		}
		return trusted;
	}
};
function rangesOf(peers) {
	if (peers === "private") return PRIVATE;
	if (peers === "none") return [];
	if (Array.isArray(peers)) return peers;
	throw new Error(`ObservabilityModule: trust.peers is ${JSON.stringify(peers)}. Use 'private', 'none' or a list of CIDR ranges.`);
}
// ../../observation/src/observation.module.ts
var optionalOptions = {
	token: OBSERVATION_OPTIONS,
	optional: true
};
var ObservationModule = class ObservationModule {
	constructor(observations, edge, instances, host, config, modules) {
		this.observations = observations;
		this.edge = edge;
		this.instances = instances;
		this.host = host;
		this.config = config;
		refuseSecondImports(modules);
	}
	/** A constructor is too early for these on Express, and `onModuleInit` is after the routes are registered. */
	configure() {
		this.edge.attach(this.host.httpAdapter.getHttpServer());
		this.config.getGlobalGuards().unshift(new FrontGuard());
		this.config.getGlobalFilters().push(new ExceptionTap());
		this.instances.claim();
	}
	onModuleInit() {
		holdInProcess(this.observations, "outgoing-http", watchOutgoingHttp);
		this.instances.claim();
	}
};
ObservationModule = __decorate([
	Global(),
	Module({
		imports: [DiscoveryModule],
		providers: [
			ObservedInstances,
			{
				provide: Observations,
				inject: [optionalOptions],
				useFactory: (options = {}) => {
					const observations = new Observations(resolveServiceIdentity(options.service));
					joinProcess(observations);
					return observations;
				}
			},
			{
				provide: HttpServerEdge,
				inject: [
					Observations,
					HttpAdapterHost,
					optionalOptions
				],
				useFactory: (observations, { httpAdapter }, options = {}) => {
					const Platform = httpAdapter?.getType() === "fastify" ? FastifyPlatform : ExpressPlatform;
					return new HttpServerEdge(observations, new TrustedPeers(options.trust?.peers), new Platform(httpAdapter?.getInstance()));
				}
			}
		],
		exports: [Observations, HttpServerEdge]
	}),
	__decorateMetadata("design:paramtypes", [
		typeof Observations === "undefined" ? Object : Observations,
		typeof HttpServerEdge === "undefined" ? Object : HttpServerEdge,
		typeof ObservedInstances === "undefined" ? Object : ObservedInstances,
		typeof HttpAdapterHost === "undefined" ? Object : HttpAdapterHost,
		typeof ApplicationConfig === "undefined" ? Object : ApplicationConfig,
		typeof ModulesContainer === "undefined" ? Object : ModulesContainer
	])
], ObservationModule);
// ../../management/src/known-hosts.ts
/**
* The names by which a request may address this service. A web page whose own name suddenly points here (DNS
* rebinding) still sends that name; an address cannot be made to point elsewhere, so every address is known.
*/
var KnownHosts = class {
	#names;
	constructor(names) {
		this.#names = /* @__PURE__ */ new Set(["localhost", ...names.map((name) => name.toLowerCase())]);
	}
	has(hostHeader) {
		const name = URL.parse(`http://${hostHeader ?? ""}`)?.hostname;
		if (name === void 0) return false;
		return this.#names.has(name) || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
	}
};
// ../../management/src/local-caller.ts
var FORWARDED = [
	"forwarded",
	"via",
	"x-forwarded-for",
	"x-forwarded-host",
	"x-real-ip"
];
/** Whether nothing outside this machine can reach the address or name. */
function isLoopback(host) {
	const plain = host.toLowerCase().replace(/^::ffff:/, "");
	return plain === "localhost" || plain === "::1" || isIPv4(plain) && plain.startsWith("127.");
}
/** Whether a request comes from this machine itself, and not through a proxy on it. */
function isLocalCaller({ socket, headers }) {
	const { remoteAddress, localAddress } = socket;
	if (remoteAddress === void 0 || !isLoopback(remoteAddress)) return false;
	if (localAddress !== void 0 && !isLoopback(localAddress)) return false;
	return FORWARDED.every((name) => headers[name] === void 0);
}
// ../../management/src/problem.ts
/** Answers what is wrong with a request as problem details (RFC 9457). */
function problem(status, detail, headers = {}) {
	return {
		status,
		headers: {
			...headers,
			"content-type": "application/problem+json"
		},
		body: {
			type: "about:blank",
			title: STATUS_CODES[status] ?? "Problem",
			status,
			detail
		}
	};
}
// ../../management/src/access.ts
var LEVELS = [
	"none",
	"read",
	"write"
];
/**
* Decides who may see or change what. With neither token nor `authorize`, callers from this machine may do everything
* and others nothing.
*/
var Access = class {
	#token;
	#authorize;
	#anonymous;
	#hosts;
	constructor({ token, authorize, anonymous, hosts, host }) {
		this.#token = token === void 0 ? void 0 : digest(token);
		this.#authorize = authorize;
		this.#anonymous = anonymous.map((path) => new PathTemplate(path));
		this.#hosts = new KnownHosts([host, ...hosts]);
	}
	/** The answer for a caller who may not do this; undefined for one who may. */
	async refusal(incoming, endpoint, path) {
		const needed = this.#needed(endpoint, path);
		const host = incoming.headers.host ?? incoming.headers[":authority"]?.toString();
		if ((endpoint.method !== "GET" || this.#isOpen && needed !== "none") && !this.#hosts.has(host)) return problem(421, `The host "${host ?? ""}" is not known here. Use the address, or add it to management.hosts.`);
		const level = needed === "none" ? needed : await this.#levelOf(incoming);
		if (LEVELS.indexOf(level) >= LEVELS.indexOf(needed)) return void 0;
		if (level !== "none") return problem(403, `This needs the access level "${needed}"; yours is "${level}".`);
		if (this.#isOpen) return problem(403, "Only direct callers from this machine are served. Set management.token to let others in.");
		return problem(401, "Send \"authorization: Bearer <token>\" with a token that is valid here.", { "www-authenticate": "Bearer realm=\"management\"" });
	}
	get #isOpen() {
		return this.#token === void 0 && this.#authorize === void 0;
	}
	#needed({ access, method }, path) {
		const needed = access ?? (method === "GET" ? "read" : "write");
		return needed === "read" && method === "GET" && this.#anonymous.some((template) => template.match(path)) ? "none" : needed;
	}
	async #levelOf(incoming) {
		if (this.#isOpen) return isLocalCaller(incoming) ? "write" : "none";
		if (this.#token !== void 0) {
			const given = /^Bearer +(\S+)$/i.exec(incoming.headers.authorization ?? "")?.[1] ?? "";
			if (timingSafeEqual(digest(given), this.#token)) return "write";
		}
		if (this.#authorize === void 0) return "none";
		const level = await this.#authorize(incoming);
		if (LEVELS.includes(level)) return level;
		throw new Error(`ManagementModule: authorize answered ${JSON.stringify(level)}. Answer 'none', 'read' or 'write'.`);
	}
};
function digest(text) {
	return createHash("sha256").update(text).digest();
}
// ../../management/src/express-front.ts
var ExpressFront = class {
	constructor(app) {
		this.app = app;
	}
	intercept(take) {
		this.app.use((incoming, outgoing, next) => {
			if (!take(incoming, outgoing)) next();
		});
		const { stack } = this.app.router;
		stack.unshift(stack.pop());
	}
	hiddenRoute(endpoints) {
		return this.app.router.stack.flatMap(({ route }) => route?.path ?? []).find((path) => typeof path === "string" && endpoints.pageAt(path) !== void 0);
	}
};
// ../../management/src/fastify-front.ts
var METHODS = [
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"OPTIONS"
];
var FastifyFront = class {
	#routes = [];
	constructor(app) {
		this.app = app;
		app.addHook("onRoute", ({ url }) => void this.#routes.push(url));
	}
	intercept(take) {
		this.app.addHook("onRequest", (request, reply, done) => {
			if (take(request.raw, reply.raw)) reply.hijack();
			else done();
		});
	}
	hiddenRoute(endpoints) {
		return this.#routes.find((url) => endpoints.pageAt(url) !== void 0) ?? this.#earlierRoute(endpoints);
	}
	/** Routes that were there before the hook can only be asked for. */
	#earlierRoute(endpoints) {
		return endpoints.list().map(({ path }) => path.replace(/\*.*/, "*")).find((url) => METHODS.some((method) => this.app.hasRoute({
			method,
			url
		})));
	}
};
// ../../management/src/json-body.ts
var MAX_BYTES = 65536;
/**
* Reads what a write says. It has to be declared as JSON even when it is empty: a form or a script on a foreign web
* page cannot declare that without asking first.
*/
async function readJsonBody(incoming) {
	const type = (incoming.headers["content-type"] ?? "").split(";", 1)[0].trim().toLowerCase();
	if (type !== "application/json") return { refusal: problem(415, `The content type is "${type}". Send "content-type: application/json".`) };
	const text = await collect(incoming);
	if (typeof text !== "string") return { refusal: text };
	if (text.trim() === "") return { value: void 0 };
	try {
		return { value: JSON.parse(text) };
	} catch {
		return { refusal: problem(400, "The body is not valid JSON.") };
	}
}
function collect(incoming) {
	return new Promise((resolve) => {
		const chunks = [];
		let bytes = 0;
		incoming.on("data", (chunk) => {
			bytes += chunk.length;
			if (bytes <= MAX_BYTES) chunks.push(chunk);
			else resolve(problem(413, `The body is larger than ${MAX_BYTES} bytes. Send less.`));
		});
		incoming.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
		for (const event of ["error", "close"]) incoming.once(event, () => resolve(problem(400, "The body ended too early.")));
	});
}
// ../../management/src/management-listener.ts
var MAX_HEADERS = 100;
/** Answers a request with the endpoint that it is for; whatever goes wrong becomes an answer, too. */
var ManagementListener = class {
	#frame;
	constructor(endpoints, access, observations) {
		this.endpoints = endpoints;
		this.access = access;
		this.observations = observations;
		this.#frame = new Frame(observations, void 0, void 0, true);
	}
	async answer(incoming, outgoing) {
		try {
			send(outgoing, await runInFrame(this.#frame, () => this.#respond(incoming)));
		} catch (error) {
			this.observations.internalErrors.record("management", error);
			send(outgoing, problem(500, "This page failed; the log of the service says why."));
		}
	}
	async #respond(incoming) {
		const { method = "GET", url = "/", headers, rawHeaders } = incoming;
		if (rawHeaders.length > 200) return problem(431, `Send at most ${MAX_HEADERS} headers.`);
		const path = pathOf(url);
		const found = this.endpoints.find(method, path);
		if (!("endpoint" in found)) return missing(method, path, found.allowed);
		const { endpoint, params } = found;
		const refusal = await this.access.refusal(incoming, endpoint, path);
		if (refusal !== void 0) return refusal;
		const body = endpoint.method === "GET" ? { value: void 0 } : await readJsonBody(incoming);
		if ("refusal" in body) return body.refusal;
		const query = new URLSearchParams(url.slice(path.length));
		return endpoint.handle({
			method,
			path,
			params,
			query,
			headers,
			body: body.value
		});
	}
};
/** The path of a request's URL, without the query. */
function pathOf(url) {
	const end = url.indexOf("?");
	return end === -1 ? url : url.slice(0, end);
}
function missing(method, path, allowed) {
	if (allowed.length === 0) return problem(404, `There is no page at ${path}.`);
	const allow = allowed.join(", ");
	return problem(405, `${path} does not take ${method}. Use one of ${allow}.`, { allow });
}
function send(outgoing, { status = 200, headers = {}, body }) {
	const text = typeof body === "string" || body === void 0 ? body : JSON.stringify(body);
	outgoing.statusCode = status;
	outgoing.setHeader("cache-control", "no-store");
	outgoing.setHeader("x-content-type-options", "nosniff");
	if (text !== void 0) {
		outgoing.setHeader("content-type", typeof body === "string" ? "text/plain; charset=utf-8" : "application/json");
		outgoing.setHeader("content-length", Buffer.byteLength(text));
	}
	for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
	outgoing.end(text);
}
// ../../management/src/app-port.ts
/**
* Serves operators' pages on the app's own port, before its routes: no prefix, version, guard or pipe of the app
* applies, and its signals leave them out. On Fastify, middleware of the app still comes first.
*/
var AppPort = class {
	#front;
	constructor(endpoints, listener, edge, host) {
		this.endpoints = endpoints;
		this.listener = listener;
		this.edge = edge;
		this.host = host;
	}
	open() {
		const { httpAdapter } = this.host;
		const app = httpAdapter.getInstance();
		this.#front = httpAdapter.getType() === "fastify" ? new FastifyFront(app) : new ExpressFront(app);
		this.edge.ignore((path) => this.endpoints.pageAt(path) !== void 0);
		this.#front.intercept((incoming, outgoing) => {
			if (this.endpoints.pageAt(pathOf(incoming.url ?? "/")) === void 0) return false;
			this.listener.answer(incoming, outgoing);
			return true;
		});
	}
	/** Refuses an app whose own routes could not be reached any more; to be asked when all routes and pages are known. */
	check() {
		if (this.#front === void 0) throw new Error(`ManagementModule: port is 'app', but the app serves no HTTP. Set management.port to a number, or management to false.`);
		const route = this.#front.hiddenRoute(this.endpoints);
		if (route === void 0) return;
		throw new Error(`ManagementModule: the app's route "${route}" could not be reached, because port 'app' serves the operators' page "${this.endpoints.pageAt(route)}" there. Rename the route, or set management.port to a number.`);
	}
};
// ../../management/src/management-settings.ts
var OPTION_NAMES = [
	"port",
	"host",
	"token",
	"authorize",
	"anonymous",
	"hosts"
];
var MIN_TOKEN_LENGTH = 16;
var HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
/** Checks the options and fills in the defaults; a wrong one is refused with the way out. */
function resolveManagementSettings(options = {}) {
	if (options === false) return {
		...DEFAULT_MANAGEMENT_OPTIONS,
		port: void 0
	};
	for (const name of Object.keys(options)) if (!OPTION_NAMES.includes(name)) refuse(`"${name}" is no option`, `Use one of ${OPTION_NAMES.join(", ")}.`);
	const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== void 0));
	const settings = {
		...DEFAULT_MANAGEMENT_OPTIONS,
		...given
	};
	checkPort(settings);
	checkNames(settings);
	checkAccess(settings);
	return settings;
}
function checkPort({ port }) {
	if (port === "app" || Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65535) return;
	refuse(`port is ${show(port)}`, `Use a whole number from 0 to 65535, or 'app'.`);
}
function checkNames({ host, hosts, anonymous }) {
	if (!isHost(host)) refuse(`host ${show(host)} is neither an address nor a name`, `Use one like '127.0.0.1'.`);
	if (!Array.isArray(hosts) || !hosts.every(isHost)) refuse(`hosts is ${show(hosts)}`, `Give names without port, like ['ops.example.com'].`);
	if (!Array.isArray(anonymous) || !anonymous.every((path) => typeof path === "string")) refuse(`anonymous is ${show(anonymous)}`, `Give paths, like ['/metrics'].`);
	for (const path of anonymous) new PathTemplate(path);
}
function checkAccess({ host, token, authorize }) {
	if (authorize !== void 0 && typeof authorize !== "function") refuse(`authorize is ${show(authorize)}`, `Give a function that answers 'none', 'read' or 'write'.`);
	if (token !== void 0 && typeof token !== "string") refuse(`token is of type ${typeof token}`, "Give a text.");
	if (token !== void 0 && token.length < MIN_TOKEN_LENGTH) refuse(`token has ${token.length} characters`, `Use at least ${MIN_TOKEN_LENGTH}, chosen by chance.`);
	if (token !== void 0 && !/^[\x21-\x7e]+$/.test(token)) refuse("token has characters that a header cannot carry", "Use letters, digits and punctuation of ASCII.");
	if (token === void 0 && authorize === void 0 && !isLoopback(host)) refuse(`host ${show(host)} can be reached from other machines and anybody could see and change everything`, `Set management.token or management.authorize, or leave host at '127.0.0.1'.`);
}
function isHost(host) {
	return typeof host === "string" && (isIP(host) !== 0 || HOST_NAME.test(host));
}
function show(value) {
	return JSON.stringify(value) ?? String(value);
}
function refuse(what, wayOut) {
	throw new Error(`ManagementModule: ${what}. ${wayOut}`);
}
// \0@oxc-project+runtime@0.156.0/helpers/esm/decorateParam.js
function __decorateParam(paramIndex, decorator) {
	return function(target, key) {
		decorator(target, key, paramIndex);
	};
}
// ../../management/src/management.module.ts
var MANAGEMENT_SETTINGS = Symbol("MANAGEMENT_SETTINGS");
var ManagementModule = class ManagementModule {
	constructor(settings, server, appPort) {
		this.settings = settings;
		this.server = server;
		this.appPort = appPort;
	}
	/** The only moment at which the app's server exists and its routes do not. */
	configure() {
		if (this.settings.port === "app") this.appPort.open();
	}
	/** The patterns have added their pages by now. */
	async onApplicationBootstrap() {
		if (this.settings.port === "app") this.appPort.check();
		else await this.server.open();
	}
	async onApplicationShutdown() {
		await this.server.close();
	}
};
ManagementModule = __decorate([
	Global(),
	Module({
		imports: [ObservationModule],
		providers: [
			ManagementEndpoints,
			{
				provide: MANAGEMENT_SETTINGS,
				inject: [{
					token: MANAGEMENT_OPTIONS,
					optional: true
				}],
				useFactory: resolveManagementSettings
			},
			{
				provide: ManagementListener,
				inject: [
					ManagementEndpoints,
					MANAGEMENT_SETTINGS,
					Observations
				],
				useFactory: (endpoints, settings, observations) => new ManagementListener(endpoints, new Access(settings), observations)
			},
			{
				provide: ManagementServer,
				inject: [MANAGEMENT_SETTINGS, ManagementListener],
				useFactory: (settings, listener) => new ManagementServer(settings, listener)
			},
			{
				provide: AppPort,
				inject: [
					ManagementEndpoints,
					ManagementListener,
					HttpServerEdge,
					HttpAdapterHost
				],
				useFactory: (...parts) => new AppPort(...parts)
			}
		],
		exports: [ManagementEndpoints, ManagementServer]
	}),
	__decorateParam(0, Inject(MANAGEMENT_SETTINGS)),
	__decorateMetadata("design:paramtypes", [
		Object,
		typeof ManagementServer === "undefined" ? Object : ManagementServer,
		typeof AppPort === "undefined" ? Object : AppPort
	])
], ManagementModule);
// log-entry.ts
/** What one call asked to log, from whichever logger it came. */
var LogEntry = class LogEntry {
	#isEntry = true;
	constructor(context, values) {
		this.context = context;
		this.values = values;
	}
	/** The entry that a call of pino was given, or one of what it was given instead. */
	static of(values) {
		const [first] = values;
		return typeof first === "object" && first !== null && #isEntry in first ? first : new LogEntry(void 0, values);
	}
};
// app-logger.ts
var STACK = /\n\s*at /;
/** The app's log as Nest calls it; `new Logger('Orders')` of `@nestjs/common` writes here once it is installed. */
var AppLogger = class {
	constructor(appLog) {
		this.appLog = appLog;
	}
	/** Whether the app that it belongs to still runs. */
	get isOpen() {
		return this.appLog.output.isOpen;
	}
	verbose(message, ...rest) {
		this.#write("trace", message, rest);
	}
	debug(message, ...rest) {
		this.#write("debug", message, rest);
	}
	log(message, ...rest) {
		this.#write("info", message, rest);
	}
	warn(message, ...rest) {
		this.#write("warn", message, rest);
	}
	error(message, ...rest) {
		this.#write("error", message, rest);
	}
	fatal(message, ...rest) {
		this.#write("fatal", message, rest);
	}
	/** Nest passes the context as the last text, and an error's stack as a text of its own. */
	#write(level, message, rest) {
		const last = rest.at(-1);
		const context = typeof last === "string" && !STACK.test(last) ? last : void 0;
		const values = (context === void 0 ? rest : rest.slice(0, -1)).map((param) => isStack(param) ? errorOf(message, param) : param);
		this.appLog.root[level](new LogEntry(context, [message, ...values]));
	}
};
function isStack(param) {
	return typeof param === "string" && STACK.test(param);
}
/** What Nest took apart into message and stack. */
function errorOf(message, stack) {
	return { err: {
		type: /^(?:Uncaught )?([A-Z]\w*)/.exec(stack)?.[1] ?? "Error",
		message: typeof message === "string" ? message : void 0,
		stack
	} };
}
Object.freeze({
	maxItems: 2048,
	maxBytes: 16777216,
	maxBatch: 512,
	flushIntervalMs: 1e3,
	deadlineMs: 5e3,
	maxAttempts: 5,
	backoffBaseMs: 250,
	backoffMaxMs: 5e3,
	maxInFlight: 1,
	failureThreshold: 3,
	probeAfterMs: 5e3
});
// ../../delivery/src/ledger.ts
/** Reasons become metric labels, so a receiver that makes up reasons must not make up series. */
var MAX_REASONS = 32;
var REASON = /^[a-z0-9_]{1,40}$/;
/**
* Keeps the books of one pipe, so that nothing is lost silently: `produced = delivered + dropped + inFlight` holds after
* every call, whatever the caller passes.
*/
var Ledger = class {
	#produced = 0;
	#delivered = 0;
	#inFlight = 0;
	#dropped = /* @__PURE__ */ new Map();
	constructor(pipe) {
		this.pipe = pipe;
	}
	/** How many items were taken in and have neither arrived nor been dropped. */
	get inFlight() {
		return this.#inFlight;
	}
	/** Takes items in; from here on they are in flight. */
	produce(items = 1) {
		const count = wholeCount(items);
		this.#produced += count;
		this.#inFlight += count;
	}
	/** Books items in flight as arrived. */
	deliver(items = 1) {
		this.#delivered += this.#settle(items);
	}
	/** Books items in flight as lost; a reason that is no short lower-case word is booked as `other`. */
	drop(reason, items = 1) {
		const count = this.#settle(items);
		if (count === 0) return;
		const booked = this.#dropped.has(reason) || REASON.test(reason) && this.#dropped.size < MAX_REASONS ? reason : "other";
		this.#dropped.set(booked, (this.#dropped.get(booked) ?? 0) + count);
	}
	snapshot() {
		return {
			pipe: this.pipe,
			produced: this.#produced,
			delivered: this.#delivered,
			dropped: Object.fromEntries(this.#dropped),
			inFlight: this.#inFlight
		};
	}
	#settle(items) {
		const count = Math.min(wholeCount(items), this.#inFlight);
		this.#inFlight -= count;
		return count;
	}
};
function wholeCount(items) {
	return items > 0 ? Math.trunc(items) : 0;
}
// stderr-notice.ts
var QUIET_MS = 3e4;
/** Says on stderr that the log has no way out, which the log itself cannot say; at most once in 30 s. */
var StderrNotice = class {
	#saidAt = -3e4;
	say(message, error) {
		const now = performance.now();
		if (now - this.#saidAt < QUIET_MS) return;
		this.#saidAt = now;
		const reason = error instanceof Error ? error.message : String(error);
		const line = {
			level: 50,
			time: Date.now(),
			context: "LoggingModule",
			msg: `${message}: ${reason}`
		};
		try {
			writeSync(2, `${JSON.stringify(line)}\n`);
		} catch {}
	}
};
// destinations/write-now.ts
var PAUSE_MS = 20;
var MAX_PAUSES = 50;
/** Writes everything before it returns; a reader that is slow gets a second in all. */
function writeNow(fd, bytes) {
	let rest = bytes;
	let pauses = 0;
	while (rest.length > 0) try {
		rest = rest.subarray(writeSync(fd, rest));
	} catch (error) {
		if (error.code !== "EAGAIN" || pauses++ >= MAX_PAUSES) throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
	}
}
// destinations/buffered.destination.ts
var MAX_DELAY_MS = 100;
var MAX_CHUNK_LINES = 256;
var BUSY_RETRY_MS = 20;
var RETRY_MS = 1e3;
/** A write that takes longer than this has nobody at the other end. */
var STALLED_MS = 1e3;
/**
* Writes lines to a file descriptor from a bounded buffer: a reader who stalls, a full disk or a closed pipe costs
* lines, which are counted, and neither the event loop nor the process.
*/
var BufferedDestination = class {
	#notice;
	#waiting;
	#bytes;
	#underWay;
	#timer;
	#synchronous;
	/** Why nothing can be written any more. */
	#lost;
	#taken;
	#settled;
	#flushes;
	constructor(fd, options) {
		this.fd = fd;
		this.options = options;
		this.ledger = new Ledger("logs");
		this.#notice = new StderrNotice();
		this.#waiting = [];
		this.#bytes = 0;
		this.#synchronous = false;
		this.#taken = 0;
		this.#settled = 0;
		this.#flushes = [];
		this.release = () => {
			if (this.#synchronous) return;
			this.#synchronous = true;
			clearTimeout(this.#timer);
			process.off("exit", this.release);
			const chunk = this.#underWay;
			if (chunk?.since !== void 0 && performance.now() - chunk.since > STALLED_MS) return this.#lose("stalled");
			const unsent = chunk?.since === void 0 ? chunk : void 0;
			if (unsent !== void 0) this.#underWay = void 0;
			const lines = this.#waiting.splice(0);
			const bytes = Buffer.concat([unsent?.rest ?? Buffer.alloc(0), Buffer.from(lines.join(""))]);
			this.#writeNow(bytes, lines.length + (unsent?.lines ?? 0));
		};
		process.on("exit", this.release);
	}
	write(line) {
		this.ledger.produce();
		if (this.#lost !== void 0) return this.ledger.drop(this.#lost);
		if (this.#synchronous) return this.#writeNow(Buffer.from(line), 1);
		const bytes = Buffer.byteLength(line);
		if (this.#bytes + bytes > this.options.maxBytes) return this.ledger.drop("buffer_full");
		this.#bytes += bytes;
		this.#taken += 1;
		this.#waiting.push(line);
		if (this.#bytes >= this.options.minBytes) this.#start();
		else this.#startIn(MAX_DELAY_MS);
	}
	async flush(deadlineMs) {
		const upTo = this.#taken;
		if (this.#settled >= upTo || this.#synchronous) return;
		await new Promise((resolve) => {
			const timer = setTimeout(resolve, deadlineMs);
			this.#flushes.push({
				upTo,
				done: () => (clearTimeout(timer), resolve())
			});
			this.#start();
		});
	}
	#startIn(delayMs) {
		this.#timer ??= setTimeout(() => {
			this.#timer = void 0;
			this.#start();
		}, delayMs).unref();
	}
	#start() {
		if (this.#underWay !== void 0 || this.#waiting.length === 0) return;
		const lines = this.#waiting.splice(0, MAX_CHUNK_LINES);
		this.#underWay = {
			rest: Buffer.from(lines.join("")),
			lines: lines.length
		};
		this.#send(this.#underWay);
	}
	#send(chunk) {
		if (this.#underWay !== chunk) return;
		chunk.since = performance.now();
		write(this.fd, chunk.rest, 0, chunk.rest.length, null, (error, bytes) => {
			if (this.#underWay !== chunk) return;
			if (error !== null) return this.#failed(error, chunk);
			this.#bytes -= bytes;
			chunk.rest = chunk.rest.subarray(bytes);
			if (chunk.rest.length > 0) return this.#send(chunk);
			this.#underWay = void 0;
			this.ledger.deliver(chunk.lines);
			this.#settle(chunk.lines);
		});
	}
	#failed(error, chunk) {
		const isBusy = error.code === "EAGAIN";
		if (!isBusy) this.#notice.say("log lines cannot be written", error);
		if (error.code === "EPIPE" || error.code === "EBADF") return this.#lose("broken_pipe");
		chunk.since = void 0;
		setTimeout(() => this.#send(chunk), isBusy ? BUSY_RETRY_MS : RETRY_MS).unref();
	}
	#settle(lines) {
		this.#settled += lines;
		for (const { upTo, done } of this.#flushes) if (this.#settled >= upTo) done();
		this.#flushes = this.#flushes.filter(({ upTo }) => this.#settled < upTo);
		if (this.#flushes.length > 0 || this.#bytes >= this.options.minBytes) this.#start();
		else if (this.#waiting.length > 0) this.#startIn(MAX_DELAY_MS);
	}
	#lose(reason) {
		this.#lost = reason;
		this.#underWay = void 0;
		this.#waiting.length = 0;
		this.#bytes = 0;
		this.ledger.drop(reason, this.ledger.inFlight);
		this.#settle(this.#taken - this.#settled);
	}
	#writeNow(bytes, lines) {
		try {
			writeNow(this.fd, bytes);
			this.ledger.deliver(lines);
		} catch (error) {
			this.#notice.say("log lines cannot be written", error);
			this.ledger.drop("unwritable", lines);
		}
	}
};
// destinations/given.destination.ts
var POLL_MS = 5;
/** Keeps the destination that an application gave from harming it: by throwing, by failing later, by growing. */
var GivenDestination = class {
	#notice;
	constructor(given, maxBytes) {
		this.given = given;
		this.maxBytes = maxBytes;
		this.ledger = new Ledger("logs");
		this.#notice = new StderrNotice();
		this.#failed = (error) => {
			this.ledger.drop("unwritable");
			this.#notice.say("the destination of log lines failed", error);
		};
		given.on?.("error", (error) => this.#notice.say("the destination of log lines failed", error));
	}
	write(line) {
		this.ledger.produce();
		if ((this.given.writableLength ?? 0) + line.length > this.maxBytes) return this.ledger.drop("buffer_full");
		try {
			const result = this.given.write(line);
			if (isPromise(result)) return void result.then(() => this.ledger.deliver(), this.#failed);
			this.ledger.deliver();
		} catch (error) {
			this.#failed(error);
		}
	}
	async flush(deadlineMs) {
		const deadline = performance.now() + deadlineMs;
		try {
			await this.given.flush?.(deadlineMs);
		} catch (error) {
			this.#notice.say("the destination of log lines failed", error);
		}
		while ((this.given.writableLength ?? 0) > 0 && performance.now() < deadline) await setTimeout$1(POLL_MS);
	}
	release() {
		this.given.release?.();
	}
	#failed;
};
function isPromise(value) {
	return typeof value?.then === "function";
}
// destinations/pretty.destination.ts
/** Shows lines as people read them in a terminal, and leaves where they go to another destination. */
var PrettyDestination = class {
	#show;
	constructor(next, colorize) {
		this.next = next;
		this.#show = prettyFactory({
			colorize,
			translateTime: "SYS:HH:MM:ss.l",
			ignore: "service,context,span_id,trace_flags",
			messageFormat: "{if context}[{context}] {end}{msg}",
			singleLine: true
		});
	}
	get ledger() {
		return this.next.ledger;
	}
	write(line) {
		this.next.write(this.#show(line));
	}
	async flush(deadlineMs) {
		await this.next.flush?.(deadlineMs);
	}
	release() {
		this.next.release?.();
	}
};
// destinations/open-destination.ts
var STDOUT = 1;
/** Pipes take this much in one piece. */
var MIN_BYTES = 4096;
/**
* Opens what the options name. Apps of one process share what a process has once, or their lines would run into each
* other; a line that is logged before there is an app, or after the last, is written at once.
*/
function openDestination(options, app) {
	const { destination, pretty, maxBufferBytes } = options;
	const isTerminal = destination === "stdout" && isatty(STDOUT);
	const opened = open();
	return (pretty === "auto" ? isTerminal : pretty) ? new PrettyDestination(opened, isTerminal) : opened;
	function open() {
		if (typeof destination === "object" && "write" in destination) return new GivenDestination(destination, maxBufferBytes);
		const path = destination === "stdout" ? void 0 : resolve(destination.file);
		const make = () => new BufferedDestination(path === void 0 ? STDOUT : openFile(path), {
			maxBytes: maxBufferBytes,
			minBytes: isTerminal ? 0 : MIN_BYTES
		});
		if (app !== void 0) return holdInProcess(app, `log to ${path ?? destination}`, make, { maxBufferBytes });
		const unshared = make();
		unshared.release();
		return unshared;
	}
}
function openFile(path) {
	try {
		mkdirSync(dirname(path), { recursive: true });
		return openSync(path, "a");
	} catch (cause) {
		throw new Error(`LoggingModule: the log file ${path} cannot be opened: ${cause.message}. Give a path that may be written.`, { cause });
	}
}
// log-level.ts
/** pino's levels by their numbers; `silent` writes nothing. */
var LOG_LEVELS = {
	trace: 10,
	debug: 20,
	info: 30,
	warn: 40,
	error: 50,
	fatal: 60,
	silent: Infinity
};
/** Nest calls two of them by other names. */
var NEST_NAMES = {
	verbose: "trace",
	log: "info"
};
/** The level of that name, if there is one. */
function findLogLevel(name) {
	if (typeof name !== "string") return void 0;
	if (Object.hasOwn(NEST_NAMES, name)) return NEST_NAMES[name];
	return Object.hasOwn(LOG_LEVELS, name) ? name : void 0;
}
/** The level of that name, or an error that says where it was asked for and which ones there are. */
function requireLogLevel(option, name) {
	const level = findLogLevel(name);
	if (level !== void 0) return level;
	throw new Error(`LoggingModule: ${option} ${JSON.stringify(name)} is not a log level. Use one of ${LOG_LEVEL_NAMES.join(", ")}.`);
}
var LOG_LEVEL_NAMES = Object.keys(LOG_LEVELS);
// logger-levels.ts
/** The name of the logger that all others inherit from. */
var ROOT = "ROOT";
/** Contexts come from the program, but nothing that is remembered may grow without bound. */
var MAX_REMEMBERED = 1e3;
/** The levels of an app's loggers by Nest context, which dots make a hierarchy: `orders` holds for `orders.Placing`. */
var LoggerLevels = class {
	#configured;
	#temporary;
	/** The lowest number that each context writes, for those that have spoken. */
	#thresholds;
	#timer;
	constructor(root, levels = {}) {
		this.root = root;
		this.onChange = () => void 0;
		this.#configured = /* @__PURE__ */ new Map();
		this.#temporary = /* @__PURE__ */ new Map();
		this.#thresholds = /* @__PURE__ */ new Map();
		for (const [name, level] of Object.entries(levels)) this.#configured.set(name, level);
	}
	/** Whether a line of that level is written for a context. */
	allows(context, level) {
		const name = context ?? "ROOT";
		let threshold = this.#thresholds.get(name);
		if (threshold === void 0) {
			threshold = LOG_LEVELS[this.#effective(name)];
			if (this.#thresholds.size < MAX_REMEMBERED) this.#thresholds.set(name, threshold);
		}
		return level >= threshold;
	}
	/** The lowest level that any logger writes. */
	get lowest() {
		return [
			ROOT,
			...this.#configured.keys(),
			...this.#temporary.keys()
		].map((name) => this.#effective(name)).reduce((lowest, level) => LOG_LEVELS[level] < LOG_LEVELS[lowest] ? level : lowest);
	}
	/** Sets a level, for good or for a while; `null` goes back to what the name inherits. */
	set(name, level, ttlMs) {
		this.#temporary.delete(name);
		if (level !== null && ttlMs !== void 0) this.#temporary.set(name, {
			level,
			until: Date.now() + ttlMs
		});
		else if (level !== null) this.#configured.set(name, level);
		else this.#configured.delete(name);
		this.#changed();
	}
	state(name) {
		const temporary = this.#temporary.get(name);
		return {
			configuredLevel: this.#own(name) ?? null,
			effectiveLevel: this.#effective(name),
			...temporary && { revertsAt: new Date(temporary.until).toISOString() }
		};
	}
	/** All loggers that were set or have spoken. */
	list() {
		const names = [
			...this.#configured.keys(),
			...this.#temporary.keys(),
			...this.#thresholds.keys()
		];
		const sorted = [ROOT, ...[...new Set(names)].filter((name) => name !== ROOT).sort()];
		return Object.fromEntries(sorted.map((name) => [name, this.state(name)]));
	}
	/** Stops waiting for levels that were set for a while. */
	release() {
		clearTimeout(this.#timer);
	}
	#own(name) {
		return this.#temporary.get(name)?.level ?? this.#configured.get(name) ?? (name === "ROOT" ? this.root : void 0);
	}
	#effective(name) {
		for (let rest = name; rest !== ""; rest = rest.slice(0, Math.max(0, rest.lastIndexOf(".")))) {
			const level = this.#own(rest);
			if (level !== void 0) return level;
		}
		return this.#own(ROOT);
	}
	#changed() {
		const contexts = [...this.#thresholds.keys()];
		this.#thresholds.clear();
		for (const context of contexts) this.#thresholds.set(context, LOG_LEVELS[this.#effective(context)]);
		clearTimeout(this.#timer);
		const next = Math.min(...[...this.#temporary.values()].map(({ until }) => until));
		if (Number.isFinite(next)) this.#timer = setTimeout(() => this.#revert(), next - Date.now()).unref();
		this.onChange();
	}
	#revert() {
		const now = Date.now();
		for (const [name, { until }] of this.#temporary) if (until <= now) this.#temporary.delete(name);
		this.#changed();
	}
};
// reserved-keys.ts
/** What a line says of itself; nobody who has an object logged can say it in its stead. */
var RESERVED = /* @__PURE__ */ new Set([
	"level",
	"time",
	"msg",
	"service",
	"context",
	"trace_id",
	"span_id",
	"trace_flags",
	"request_id",
	"pid",
	"hostname"
]);
function isReserved(key) {
	return RESERVED.has(key);
}
/** Adds fields to a line; one with a reserved name keeps its value under `data.<name>`. */
function addFields(line, fields) {
	for (const key of Object.keys(fields)) line[RESERVED.has(key) ? `data.${key}` : key] = fields[key];
}
/** An empty line: without a prototype even a field named `__proto__` is only a field. */
function emptyLine() {
	return Object.create(null);
}
// line-limit.ts
/** Collectors cut or refuse longer lines. */
var MAX_LINE_BYTES = 65536;
var MAX_BYTES_PER_CHARACTER = 3;
var SHORT_TEXT = 1024;
/** Room for saying what was left out. */
var MAX_NAMES = 20;
var MAX_NAME_LENGTH$1 = 60;
var RESERVE_BYTES = 2400 * MAX_BYTES_PER_CHARACTER;
/** Characters that end a line, turn it around or move the cursor where the line is shown; JSON has them in words, too. */
var UNSAFE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
/** A line that is safe to show and not too long to ship; it stays JSON and means the same. */
function boundLine(line) {
	const safe = line.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
	return safe.length * MAX_BYTES_PER_CHARACTER > 65536 && Buffer.byteLength(safe) > 65536 ? shorten(safe) : safe;
}
/** Cuts or leaves out the longest values first, and says which. */
function shorten(line) {
	const fields = JSON.parse(line);
	const cut = [];
	let excess = Buffer.byteLength(line) - MAX_LINE_BYTES + RESERVE_BYTES;
	for (const { name, value, bytes } of longestFirst(fields)) {
		if (excess <= 0) break;
		const start = typeof value === "string" && value.length > SHORT_TEXT ? value.slice(0, SHORT_TEXT) : void 0;
		if (start === void 0) delete fields[name];
		else fields[name] = `${start}[${value.length - SHORT_TEXT} more characters]`;
		excess -= bytes - (start === void 0 ? 0 : bytesOf(name, fields[name]));
		cut.push(name.slice(0, MAX_NAME_LENGTH$1));
	}
	return `${JSON.stringify({
		...fields,
		log_truncated: cut.slice(0, MAX_NAMES)
	})}\n`;
}
function longestFirst(fields) {
	return Object.entries(fields).filter(([name]) => name === "msg" || !isReserved(name)).map(([name, value]) => ({
		name,
		value,
		bytes: bytesOf(name, value)
	})).sort((one, other) => other.bytes - one.bytes);
}
function bytesOf(name, value) {
	return Buffer.byteLength(JSON.stringify({ [name]: value })) - 1;
}
// log-output.ts
var NOWHERE = { write: () => void 0 };
/** The way out of an app's lines: bounds each of them, and never fails whoever logs. */
var LogOutput = class {
	#isOpen = true;
	constructor(destination = NOWHERE, onFault = () => void 0) {
		this.destination = destination;
		this.onFault = onFault;
	}
	/** Whether the app that it belongs to still runs. */
	get isOpen() {
		return this.#isOpen;
	}
	/** What became of the lines. */
	get ledger() {
		return this.destination.ledger;
	}
	write(line) {
		try {
			this.destination.write(boundLine(line));
		} catch (error) {
			this.onFault(error);
		}
	}
	/** Writes everything out; what is still logged after it comes out as well. */
	async close(deadlineMs) {
		this.#isOpen = false;
		await this.destination.flush?.(deadlineMs);
	}
};
// log-scopes.ts
/** Knows what the running code is part of: the ids that its lines carry, and the fields that were assigned to it. */
var LogScopes = class {
	#parents = /* @__PURE__ */ new WeakMap();
	/** Fields assigned to a request, or to an observed call outside of any. */
	#assigned = /* @__PURE__ */ new WeakMap();
	#opened = new AsyncLocalStorage();
	/** Notes what an observed call is part of; it is asked before the call has become the current observation. */
	enter(call) {
		const parent = currentObservation();
		if (parent !== void 0) this.#parents.set(call, parent);
	}
	/** Has all later lines of the running request or observed call carry these fields; outside of both it does nothing. */
	assign(fields) {
		const scope = this.#current();
		if (scope === void 0) return;
		if (isOpened(scope)) return addFields(scope.fields, fields);
		let assigned = this.#assigned.get(scope);
		if (assigned === void 0) this.#assigned.set(scope, assigned = emptyLine());
		addFields(assigned, fields);
	}
	/** Runs work in a scope of its own. */
	open(work, fields, inherit) {
		const scope = {
			within: currentObservation(),
			fields: emptyLine()
		};
		if (inherit) Object.assign(scope.fields, this.#fields());
		addFields(scope.fields, fields);
		return this.#opened.run(scope, work);
	}
	/** Adds the ids of the current observation and the fields assigned to it. */
	addTo(line) {
		for (let one = currentObservation(); one !== void 0; one = this.#parents.get(one)) {
			if (one.trace !== void 0 && line["trace_id"] === void 0) {
				line["trace_id"] = one.trace.traceId;
				line["span_id"] = one.trace.spanId;
				line["trace_flags"] = one.trace.traceFlags.toString(16).padStart(2, "0");
			}
			if (one.kind === "http.server") line["request_id"] = one.requestId;
		}
		Object.assign(line, this.#fields());
	}
	#fields() {
		const scope = this.#current();
		if (scope === void 0) return void 0;
		return isOpened(scope) ? scope.fields : this.#assigned.get(scope);
	}
	/** The innermost scope: one that was opened, or else the outermost observation, which is the request. */
	#current() {
		const opened = this.#opened.getStore();
		let outermost;
		for (let one = currentObservation(); one !== void 0; one = this.#parents.get(one)) {
			if (opened?.within === one) return opened;
			outermost = one;
		}
		const isRequest = outermost?.kind === "http.server";
		return opened !== void 0 && opened.within === void 0 && !isRequest ? opened : outermost;
	}
};
function isOpened(scope) {
	return "within" in scope;
}
// pino/root-logger.ts
/**
* Makes the pino logger that all lines of one app are written through. What its callers pass is read, cleaned and
* completed by the structured log; pino decides by level, makes JSON and writes.
*/
function createRootLogger(service, level, log, output) {
	const bound = /* @__PURE__ */ new WeakMap();
	const root = pino({
		level,
		base: { service },
		serializers: { err: (error) => error },
		hooks: { logMethod(args, _method, number) {
			const line = log.compose(number, LogEntry.of(args), bound.get(this));
			if (line !== void 0) this[symbols.writeSym](line.fields, line.message, number);
		} }
	}, { write: (line) => output.write(line) });
	const makeChild = root.child;
	Object.assign(root, {
		child(bindings, options) {
			const child = makeChild.call(this, {}, options);
			bound.set(child, withBindings(bound.get(this), bindings));
			return child;
		},
		setBindings(bindings) {
			bound.set(this, withBindings(bound.get(this), bindings));
		},
		bindings() {
			const { context, fields = {} } = bound.get(this) ?? {};
			return {
				service,
				...context !== void 0 && { context },
				...fields
			};
		}
	});
	return root;
	function withBindings(inherited, bindings) {
		const { "data.context": context, ...own } = log.scrub(bindings);
		return {
			context: typeof context === "string" ? context : inherited?.context,
			fields: {
				...inherited?.fields,
				...own
			}
		};
	}
}
// message-format.ts
/** Puts values in the places that a message has for them, as `%s` or `%o`, and gives back those that found none. */
function fillPlaces(message, values, show) {
	if (values.length === 0) return {
		message,
		left: values
	};
	let next = 0;
	return {
		message: message.replace(/%([sdifjoO%])/g, (place, kind) => {
			if (kind === "%") return "%";
			return next < values.length ? show(values[next++]) : place;
		}),
		left: values.slice(next)
	};
}
// structured-log.ts
var MAX_CONTEXT_LENGTH = 256;
/**
* Makes a line of what was asked to be logged, or none when the level is off: who speaks, the ids of the current
* observation, the fields assigned to it, then the caller's own without secrets. It never throws: a request must not
* fail because of what somebody wanted to know about it.
*/
var StructuredLog = class {
	constructor(levels, scopes, scrubber) {
		this.levels = levels;
		this.scopes = scopes;
		this.scrubber = scrubber;
	}
	compose(level, entry, bound) {
		const context = (entry.context ?? bound?.context)?.slice(0, MAX_CONTEXT_LENGTH);
		if (!this.levels.allows(context, level)) return void 0;
		const fields = emptyLine();
		try {
			if (context !== void 0) fields["context"] = context;
			this.scopes.addTo(fields);
			Object.assign(fields, bound?.fields);
			return {
				fields,
				message: this.#read(entry.values, fields)
			};
		} catch (error) {
			fields["log_error"] = types.isNativeError(error) ? this.scrubber.redactText(String(error.message)) : "thrown";
			return {
				fields,
				message: "what was to be logged could not be read"
			};
		}
	}
	/** A copy of fields without secrets, under names that they may have. */
	scrub(fields) {
		const scrubbed = emptyLine();
		this.#add(fields, scrubbed);
		return scrubbed;
	}
	/** Reads the values of a call into the fields of a line, and gives its message. */
	#read(values, fields) {
		const at = values.findIndex((value) => !isObject(value) && value !== void 0 && value !== null);
		for (const value of at < 0 ? values : values.slice(0, at)) this.#add(value, fields);
		if (at < 0) return impliedMessage(fields);
		const params = values.slice(at + 1);
		const { message, left } = fillPlaces(String(values[at]), params, (value) => this.#show(value));
		const said = [message];
		for (const value of left) if (isObject(value)) this.#add(value, fields);
		else if (value !== void 0 && value !== null) said.push(String(value));
		return this.scrubber.redactText(said.join(" "));
	}
	#add(value, fields) {
		if (!isObject(value)) return;
		const copy = this.scrubber.redactValue(value);
		if (isError(value)) fields[fields["err"] === void 0 ? "err" : "data"] = copy;
		else if (isObject(copy) && !Array.isArray(copy)) addFields(fields, copy);
		else fields["data"] = copy;
	}
	#show(value) {
		return isObject(value) ? JSON.stringify(this.scrubber.redactValue(value)) : String(value);
	}
};
function isObject(value) {
	return typeof value === "object" && value !== null;
}
/** A proxy may throw at the question, and is copied like any other object. */
function isError(value) {
	return !types.isProxy(value) && (types.isNativeError(value) || value instanceof Error);
}
/** An object may bring its message along, as `msg` or in its error. */
function impliedMessage(fields) {
	const { "data.msg": msg, err } = fields;
	if (typeof msg === "string") {
		delete fields["data.msg"];
		return msg;
	}
	const message = isObject(err) ? err.message : void 0;
	return typeof message === "string" ? message : void 0;
}
// app-log.ts
/** The log of one app: its levels, its root logger and its way out. */
var AppLog = class AppLog {
	#structured;
	constructor(isOn, service, scrubber, levels, output, scopes = new LogScopes()) {
		this.isOn = isOn;
		this.levels = levels;
		this.output = output;
		this.scopes = scopes;
		this.#structured = new StructuredLog(levels, scopes, scrubber);
		this.root = createRootLogger(service, levels.lowest, this.#structured, output);
		levels.onChange = () => this.root.level = levels.lowest;
	}
	/** Opens the log of a service; without an app each line is written at once. */
	static open(options, service, scrubber, app) {
		const levels = new LoggerLevels(options.level, options.levels);
		const onFault = (error) => app?.internalErrors.record("logging", error);
		return new AppLog(true, service, scrubber, levels, new LogOutput(openDestination(options, app), onFault));
	}
	/** The log of an app that switched logging off: it takes everything and writes nothing. */
	static off(service, scrubber) {
		return new AppLog(false, service, scrubber, new LoggerLevels("silent"), new LogOutput());
	}
	/** Has all later lines of the running request or observed call carry these fields. */
	assign(fields) {
		this.scopes.assign(this.#structured.scrub(fields));
	}
	/** Runs work whose lines have fields in common, where there is no request. */
	runInScope(work, fields, inherit) {
		return this.scopes.open(work, this.#structured.scrub(fields), inherit);
	}
	/** Writes everything out; what is still logged after it comes out as well. */
	async close(deadlineMs) {
		this.levels.release();
		await this.output.close(deadlineMs);
	}
};
// routing-logger.ts
/**
* The one logger that Nest has in a process, handing each line to the app that it belongs to: that of the running
* request, or else the app that was started last.
*/
var RoutingLogger = class RoutingLogger {
	#before;
	#loggers = /* @__PURE__ */ new Map();
	constructor() {
		const used = Logger.staticInstanceRef;
		this.#before = used instanceof RoutingLogger ? used.#before : used;
	}
	add(app, logger) {
		this.#loggers.set(app, logger);
	}
	verbose(message, ...rest) {
		this.#current()?.verbose?.(message, ...rest);
	}
	debug(message, ...rest) {
		this.#current()?.debug?.(message, ...rest);
	}
	log(message, ...rest) {
		this.#current()?.log(message, ...rest);
	}
	warn(message, ...rest) {
		this.#current()?.warn(message, ...rest);
	}
	error(message, ...rest) {
		this.#current()?.error(message, ...rest);
	}
	fatal(message, ...rest) {
		this.#current()?.fatal?.(message, ...rest);
	}
	/**
	* Gives Nest back the logger that it had, a moment after the last app has gone: what the process says on its way out
	* still looks like all the rest.
	*/
	release() {
		setImmediate(() => {
			if (Logger.staticInstanceRef === this) Logger.overrideLogger(this.#before ?? false);
		}).unref();
	}
	#current() {
		const app = currentFrame()?.app;
		if (app !== void 0) return this.#loggers.get(app) ?? this.#before;
		const loggers = [...this.#loggers.values()];
		return loggers.findLast(({ isOpen }) => isOpen) ?? loggers.at(-1);
	}
};
// install-logger.ts
/** Has Nest, and every `new Logger()` of `@nestjs/common`, write to the log of the app, beginning with what was buffered. */
function installLogger(app) {
	if (app.get(AppLog).isOn) {
		const observations = app.get(Observations);
		const routing = holdInProcess(observations, "nest-logger", () => new RoutingLogger());
		routing.add(observations, app.get(AppLogger));
		app.useLogger(routing);
	}
	app.flushLogs();
}
// ../../lifecycle/src/lifecycle.options.ts
var DEFAULT_LIFECYCLE_OPTIONS = {
	preStopMs: 0,
	drainMs: 1e4,
	flushMs: 3e3
};
/** Provide it from a global module to set how the app stops. */
var LIFECYCLE_OPTIONS = Symbol("LIFECYCLE_OPTIONS");
/** Fills in the defaults and refuses what is no number of milliseconds. */
function resolveLifecycleOptions(options) {
	for (const [name, value] of Object.entries(options)) {
		if (!(name in DEFAULT_LIFECYCLE_OPTIONS)) {
			const known = Object.keys(DEFAULT_LIFECYCLE_OPTIONS).join(", ");
			throw new Error(`LifecycleModule: "${name}" is no option of lifecycle. Use one of ${known}.`);
		}
		if (value !== void 0 && !(Number.isFinite(value) && value >= 0)) throw new Error(`LifecycleModule: lifecycle.${name} is ${String(value)}. Give milliseconds, 0 or more.`);
	}
	return {
		...DEFAULT_LIFECYCLE_OPTIONS,
		...options
	};
}
// ../../lifecycle/src/lifecycle.ts
/** What is written out first: what tells of the work, then the log that may still tell of the writing. */
var FLUSH_STEPS = ["signals", "logs"];
/** Where one app stands between start and stop, and what has to be written out before it is gone. */
var Lifecycle = class {
	#state = "starting";
	#flushes = [];
	#whenReady = [];
	#logger = new Logger("Lifecycle");
	constructor(options = {}) {
		this.options = resolveLifecycleOptions(options);
	}
	get state() {
		return this.#state;
	}
	/** Moves on to a later state; an earlier one is never gone back to. */
	advance(state) {
		const order = [
			"starting",
			"started",
			"ready",
			"draining",
			"stopped"
		];
		if (order.indexOf(state) <= order.indexOf(this.#state)) return;
		this.#state = state;
		if (state === "ready") for (const work of this.#whenReady.splice(0)) work();
	}
	/** Does something once the app is ready; at once when it is already. */
	whenReady(work) {
		if (this.#state === "starting" || this.#state === "started") this.#whenReady.push(work);
		else work();
	}
	/** Has something written out when the app stops, after the last request and before the process ends. */
	onFlush(step, name, work) {
		this.#flushes.push({
			step,
			name,
			work
		});
	}
	/** Writes everything out, step by step, each within the deadline; a failure is logged and stops nothing. */
	async flush(deadlineMs = this.options.flushMs) {
		for (const step of FLUSH_STEPS) {
			const flushes = this.#flushes.filter((flush) => flush.step === step);
			await Promise.all(flushes.map((flush) => this.#run(flush, deadlineMs)));
		}
	}
	async #run({ name, work }, deadlineMs) {
		let timer;
		const late = new Promise((_, reject) => {
			timer = setTimeout(() => reject(/* @__PURE__ */ new Error(`it took longer than ${deadlineMs} ms`)), deadlineMs);
		});
		try {
			await Promise.race([work(deadlineMs), late]);
		} catch (error) {
			this.#logger.warn({ err: error }, `${name} could not write everything out before the stop`);
		} finally {
			clearTimeout(timer);
		}
	}
};
// ../../lifecycle/src/lifecycle.module.ts
var LifecycleModule = class LifecycleModule {
	constructor(lifecycle, observations) {
		this.lifecycle = lifecycle;
		this.observations = observations;
	}
	onModuleInit() {
		this.lifecycle.advance("started");
	}
	onApplicationBootstrap() {
		this.lifecycle.advance("ready");
	}
	async onApplicationShutdown() {
		this.lifecycle.advance("stopped");
		await this.lifecycle.flush();
		leaveProcess(this.observations);
	}
};
LifecycleModule = __decorate([
	Global(),
	Module({
		imports: [ObservationModule],
		providers: [{
			provide: Lifecycle,
			inject: [{
				token: LIFECYCLE_OPTIONS,
				optional: true
			}],
			useFactory: (options) => new Lifecycle(options)
		}],
		exports: [Lifecycle, ObservationModule]
	}),
	__decorateMetadata("design:paramtypes", [typeof Lifecycle === "undefined" ? Object : Lifecycle, typeof Observations === "undefined" ? Object : Observations])
], LifecycleModule);
// ../../redaction/src/redaction.options.ts
var DEFAULT_REDACTION_OPTIONS = Object.freeze({
	keys: [],
	patterns: [],
	allowKeys: [],
	maxDepth: 8,
	maxKeys: 200,
	maxStringLength: 8192,
	replacement: "[redacted]"
});
/** The token under which an application provides its redaction options. */
var REDACTION_OPTIONS = Symbol("REDACTION_OPTIONS");
/** Fills in the defaults and refuses what cannot work, naming the option and its value. */
function resolveRedactionOptions(options = {}) {
	for (const name of Object.keys(options)) {
		if (name in DEFAULT_REDACTION_OPTIONS) continue;
		throw new TypeError(`RedactionOptions: ${JSON.stringify(name)} is not an option. Use one of ${Object.keys(DEFAULT_REDACTION_OPTIONS).join(", ")}`);
	}
	const given = Object.entries(options).filter(([, value]) => value !== void 0);
	const resolved = {
		...DEFAULT_REDACTION_OPTIONS,
		...Object.fromEntries(given)
	};
	for (const name of ["keys", "allowKeys"]) requireWords(name, resolved[name]);
	requirePatterns(resolved.patterns);
	for (const name of [
		"maxDepth",
		"maxKeys",
		"maxStringLength"
	]) {
		const value = resolved[name];
		if (Number.isSafeInteger(value) && value >= 1) continue;
		throw new RangeError(`RedactionOptions: ${name} ${shown(value)} is not a whole number of at least 1. Leave it out for ${DEFAULT_REDACTION_OPTIONS[name]}`);
	}
	if (typeof resolved.replacement !== "string" || resolved.replacement === "") throw new TypeError(`RedactionOptions: replacement ${shown(resolved.replacement)} is not a text. Leave it out for "[redacted]"`);
	return resolved;
}
function requireWords(name, words) {
	if (!Array.isArray(words)) throw new TypeError(`RedactionOptions: ${name} ${shown(words)} is not a list. Give an array of words`);
	for (const word of words) {
		if (typeof word === "string" && /\p{L}/u.test(word)) continue;
		throw new TypeError(`RedactionOptions: ${name} holds ${shown(word)}, which has no letter. Give words such as "tax id"`);
	}
}
function requirePatterns(patterns) {
	if (!Array.isArray(patterns)) throw new TypeError(`RedactionOptions: patterns ${shown(patterns)} is not a list. Give an array of RegExp`);
	for (const pattern of patterns) {
		if (!(pattern instanceof RegExp)) throw new TypeError(`RedactionOptions: patterns holds ${shown(pattern)}, which is not a RegExp. Write it as /.../`);
		if (new RegExp(pattern.source, pattern.flags).test("")) throw new TypeError(`RedactionOptions: pattern ${String(pattern)} matches the empty text, so it would match everywhere. Make it ask for a character`);
	}
}
function shown(value) {
	return typeof value === "string" ? JSON.stringify(value) : String(value);
}
// ../../redaction/src/redaction-counts.ts
var RULES = [
	"key",
	"assignment",
	"query",
	"url_credentials",
	"jwt",
	"pem",
	"bearer",
	"basic",
	"aws_key",
	"card",
	"pattern",
	"unreadable",
	"unscrubable"
];
/** Counts redactions by the rule that asked for them. */
var RedactionCounts = class {
	#counts = Object.fromEntries(RULES.map((rule) => [rule, 0]));
	add(rule) {
		this.#counts[rule] += 1;
	}
	snapshot() {
		return { ...this.#counts };
	}
};
// ../../redaction/src/secret-keys.ts
/** Long enough to be unmistakable inside of a key that is written in one piece, such as `userpassword`. */
var STEM = /passwor[dt]|passwd|passphrase|passcode|secret(?!ar)|credential|authorization|cookie|sessionid|sessid|(?:api|access|private|signing|encryption)key|creditcard|cardnumber|securitycode|tokens?$/u;
/** Short words that are part of many others (`span`, `company`, `lessness`), so they count only as words of their own. */
var WORD$1 = /_(?:pwd|tokens?|sessions?|jwt|otp|pan|cvv|cvc|ibans?|ssn)_/u;
/** Words that are secret as the subject of a key (`db_pass`) and harmless before another (`pass_rate`). */
var LAST_WORD = /_(?:pass|auth|pin|sid|sig|signature)_$/u;
var COUNTED = /(?:token|session|cookie|credential|secret|password|key)s_|_(?:count|total|length|size|ttl|age|expires|expiry|ms|seconds|minutes)_/u;
/** A name of that length is no name; what it holds is not looked at. */
var MAX_KEY_LENGTH = 256;
var MAX_KNOWN_KEYS = 2048;
/** Knows which keys hold secrets, whatever their case and separators and however they try to look like others. */
var SecretKeys = class {
	#secret;
	#allowed;
	#known = /* @__PURE__ */ new Map();
	#redactText;
	constructor(secretWords, allowedKeys, redactText) {
		this.#secret = secretWords.map(wordsOf);
		this.#allowed = new Set(allowedKeys.map(wordsOf));
		this.#redactText = redactText;
	}
	/** Says what is known of a key; the answer is remembered, as the same keys come again and again. */
	lookUp(key) {
		const known = this.#known.get(key);
		if (known) return known;
		if (key.length > MAX_KEY_LENGTH) return {
			name: `[key of ${key.length} characters]`,
			secrecy: "secret"
		};
		const fresh = {
			name: this.#redactText(key),
			secrecy: this.#secrecyOf(key)
		};
		if (this.#known.size >= MAX_KNOWN_KEYS) this.#known.clear();
		this.#known.set(key, fresh);
		return fresh;
	}
	/** Says whether a key was named as one that may be shown. */
	isAllowed(key) {
		return key.length <= MAX_KEY_LENGTH && this.#allowed.has(wordsOf(key));
	}
	#secrecyOf(key) {
		const words = wordsOf(key);
		if (this.#allowed.has(words)) return "open";
		const compact = words.replaceAll("_", "");
		if (this.#secret.some((word) => words.includes(word) || compact === word.replaceAll("_", ""))) return "secret";
		if (!(STEM.test(compact) || [words, `_${compact}_`].some((form) => WORD$1.test(form) || LAST_WORD.test(form)))) return "open";
		return COUNTED.test(words) ? "countable" : "secret";
	}
};
/** Brings a key into one form, words between underscores: `accessToken`, `ACCESS-TOKEN2` and `acc\u200bess.token` are `_access_token_`. */
function wordsOf(key) {
	return `_${key.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_").toLowerCase().replace(/[^\p{L}]+/gu, "_")}_`.replace(/_{2,}/g, "_");
}
// ../../redaction/src/assignments.ts
/** Ends a key. Zero-width characters do not, or they would hide one; they are why this is not `\s`. */
var DELIMITER = String.raw` \t\r\n\f\v\u00a0\u2028\u2029\u3000=:"'\`\\&?;,{}()\[\]<>|/`;
/** `key=`, `"key":`, `key: `, `\"key\":`, `key => ` and keys of two words such as `api key:`. */
var KEY = new RegExp(String.raw`(?<![^${DELIMITER}])((?:[^${DELIMITER}]+ (?=(?:key|number|code|phrase|id|string|value)\b))?[^${DELIMITER}]+)` + String.raw`(\\*["'\`]?)[ \t]*[=:]{1,3}>?[ \t]*`, "gi");
var QUOTED = String.raw`(?<quote>\\*["'\`])(?:[\s\S]*?(?<!\\)\k<quote>|[\s\S]*)`;
var BRACKETED = String.raw`\{[^{}]*\}|\[[^[\]]*\]|[{[][\s\S]*`;
/** A value of JSON, which what stands around it does not belong to. */
var LITERAL = String.raw`(?:-?\d+(?:\.\d+)?|null|true|false|undefined)(?=[}\])]*,?(?:[\s"'\\{[]|$))`;
/** A word with the scheme before it. A comma ends it only where something new begins. */
var WORD = String.raw`(?:(?:bearer|basic|digest|token)[ \t]+)?(?:[^\s&;,"'\`\\]|\\(?!["'\`])|,(?![\s"'\\]))+`;
/** What has no end reaches to the end of the text. */
var VALUE = new RegExp([
	QUOTED,
	BRACKETED,
	LITERAL,
	WORD
].join("|"), "iy");
/** The value of these headers has spaces and semicolons in it. */
var TAKES_THE_LINE = /authorization|cookie/i;
var LINE = /(?!\\*["'`{[])[^\r\n]+/y;
/** A line of a stack names a file and a place in it: `token-verifier.js:17:3` gives nothing to a key. */
var SOURCE_FILE = /\.[cm]?[jt]sx?$/i;
var PLACE = /^\d+(?::\d+)?\)?$/;
var NOTHING = /^(?:null|undefined|true|false)$/;
var NUMBER = /^\d+(?:\.\d+)?[a-z]{0,2}$/i;
/** Replaces the values that a text gives to secret keys. */
function replaceAssignments(text, keys, replacement) {
	let result = "";
	let copied = 0;
	let place = 0;
	for (let match = matchAt(KEY, text, place); match; match = matchAt(KEY, text, place)) {
		const [whole, key, keyQuote] = match;
		const start = match.index + whole.length;
		place = start;
		const { secrecy } = keys.lookUp(key);
		if (secrecy === "open") continue;
		const value = valueAt(text, start, key);
		if (value === "" || isHarmless(value, secrecy) || SOURCE_FILE.test(key) && PLACE.test(value)) continue;
		const quote = /^\\*["'`]/.exec(value)?.[0] ?? keyQuote;
		result += text.slice(copied, start) + quote + replacement() + quote;
		copied = start + value.length;
		place = copied;
	}
	return copied === 0 ? text : result + text.slice(copied);
}
function matchAt(pattern, text, place) {
	pattern.lastIndex = place;
	return pattern.exec(text);
}
function valueAt(text, start, key) {
	for (const pattern of TAKES_THE_LINE.test(key) ? [LINE, VALUE] : [VALUE]) {
		const value = matchAt(pattern, text, start)?.[0];
		if (value) return value;
	}
	return "";
}
function isHarmless(value, secrecy) {
	return NOTHING.test(value) || secrecy === "countable" && NUMBER.test(value);
}
// ../../redaction/src/card-number.ts
/**
* First digits and lengths of the card schemes; without them one long number in ten would pass for a card. The old Visa
* numbers of 13 digits are left out, as the article numbers (EAN) of whole countries look the same.
*/
var SCHEME = /^(?:4(?:\d{15}|\d{18})|5\d{15}|2(?:2[2-9]|[3-6]\d|7[0-2])\d{13}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6\d{15,18})$/;
var MIN_DIGITS = 14;
var MAX_DIGITS = 19;
/** Replaces the card numbers in a run of digits that spaces or dashes divide into groups. */
function replaceCardNumbers(run, replacement) {
	const groups = run.split(/([ -])/);
	let text = "";
	for (let start = 0; start < groups.length; start += 2) {
		const end = endOfCard(groups, start);
		text += end === void 0 ? groups[start] : replacement();
		if (end !== void 0) start = end;
		text += groups[start + 1] ?? "";
	}
	return text;
}
function isCardNumber(digits) {
	return SCHEME.test(digits) && passesLuhn(digits);
}
function endOfCard(groups, start) {
	let digits = "";
	let end;
	for (let place = start; place < groups.length; place += 2) {
		digits += groups[place];
		if (digits.length > MAX_DIGITS) break;
		if (digits.length >= MIN_DIGITS && isCardNumber(digits)) end = place;
	}
	return end;
}
function passesLuhn(digits) {
	let sum = 0;
	for (let place = 0; place < digits.length; place += 1) {
		const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
		const doubled = place % 2 === 1 ? digit * 2 : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}
var SHAPES = /* @__PURE__ */ new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
	const character = String.fromCharCode(code);
	if (code === 127 || code < 32 && !"	\n\r".includes(character)) SHAPES[code] = 32;
	else if (character === "=" || character === ":") SHAPES[code] = 1;
	else if (character === "@") SHAPES[code] = 2;
	else if (character === "-") SHAPES[code] = 4;
	else if (character === " " || character === "	") SHAPES[code] = 8;
	else if (character >= "A" && character <= "Z") SHAPES[code] = 16;
}
function shapeOf(text) {
	let shape = 0;
	let digits = 0;
	for (let place = 0; place < text.length; place += 1) {
		const code = text.charCodeAt(place);
		if (code >= 128) shape |= 32;
		else if (code >= 48 && code <= 57) digits += 1;
		else shape |= SHAPES[code];
	}
	return digits >= 14 ? shape | 64 : shape;
}
// ../../redaction/src/value-patterns.ts
/**
* Every pattern takes time in proportion to the text: it starts at a literal or at a border, and what follows either cannot
* fail or cannot overlap with what the next start would read.
*/
var VALUE_PATTERNS = [
	{
		rule: "pem",
		needs: 4,
		hint: /-----BEGIN/,
		pattern: /-----BEGIN [\s\S]*?(?:-----END [A-Z\d ]*-----|$)/g
	},
	{
		rule: "url_credentials",
		needs: 3,
		hint: /:\/\//,
		pattern: /(?<=:\/\/)(?:[^\s"'<>/?#]+|[^\s"'<>/?#:@[]*:(?!\d{1,5}[/?#])(?:(?!:\/\/)[^\s"'<>])*)(?=@)/g
	},
	{
		rule: "jwt",
		needs: 16,
		hint: /eyJ/,
		pattern: /eyJ[\w+/=-]{10,}(?:\.[\w-]*)*/g
	},
	{
		rule: "bearer",
		needs: 8,
		hint: /bearer[ \t]/i,
		pattern: /(?<=\bbearer[ \t]{1,8})(?!(?:tokens?|auth|authentication|authorization|scheme|realm|header|of|in|is|was|and|or|not|missing|required|expired|invalid)(?![\w.~+/-]))[\w.~+/=-]+/gi
	},
	{
		rule: "basic",
		needs: 8,
		hint: /basic[ \t]/i,
		pattern: /(?<=\bbasic[ \t]{1,8})[a-z\d+/_-]{4,}={0,2}/gi,
		isSecret: (encoded) => Buffer.from(encoded, "base64").includes(":")
	},
	{
		rule: "aws_key",
		needs: 16,
		hint: /A[A-Z]{3}[A-Z\d]/,
		pattern: /(?<![A-Za-z\d])A(?:KIA|SIA|BIA|CCA|GPA|IDA|NPA|NVA|ROA)[A-Z\d]{16}(?![A-Z\d])/g
	}
];
// ../../redaction/src/text-redaction.ts
/** Ids of traces and UUIDs are named first, so that the digits in them are not taken for a card. */
var ID_OR_DIGITS = /((?<![\da-z])(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\da-z]))|(?<!\d)\d{3,}(?:[ -]\d{3,})*/gi;
/** Characters that move the cursor, turn the direction of writing or end a line where a reader of logs sees none. */
var INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;
/** Read beyond the cut, so that a secret that lies across it is still recognized as one. */
var CUT_MARGIN = 256;
/** Takes the secrets out of one text. */
var TextRedaction = class {
	#options;
	#patterns;
	#counts;
	constructor(options, counts) {
		this.#options = options;
		this.#patterns = options.patterns.map((pattern) => new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`));
		this.#counts = counts;
	}
	/** Returns the text without its secrets; `keys` say which assignments in it are secret. */
	redact(text, keys) {
		const { maxStringLength } = this.#options;
		if (text.length <= maxStringLength) return this.#redact(text, keys);
		return `${this.#redact(text.slice(0, maxStringLength + CUT_MARGIN), keys).slice(0, -256)}[${text.length - maxStringLength} more characters]`;
	}
	#redact(text, keys) {
		const shape = shapeOf(text);
		let result = text;
		if (shape & 1) result = replaceAssignments(result, keys, () => this.#replacement("assignment"));
		for (const { rule, needs, hint, pattern, isSecret } of VALUE_PATTERNS) {
			if ((shape & needs) !== needs || !hint.test(result)) continue;
			result = result.replace(pattern, (match) => isSecret?.(match) === false ? match : this.#replacement(rule));
		}
		if (shape & 64) result = this.#replaceCards(result);
		for (const pattern of this.#patterns) result = result.replace(pattern, () => this.#replacement("pattern"));
		return shape & 32 ? result.replace(INVISIBLE, escaped) : result;
	}
	#replaceCards(text) {
		return text.replace(ID_OR_DIGITS, (match, id) => id === void 0 ? replaceCardNumbers(match, () => this.#replacement("card")) : match);
	}
	#replacement(rule) {
		this.#counts.add(rule);
		return this.#options.replacement;
	}
};
function escaped(character) {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
// ../../redaction/src/url-redaction.ts
/** Hides the query values of a path or URL, because no list of secret parameters is ever complete. */
var UrlRedaction = class {
	#parts;
	constructor(parts) {
		this.#parts = parts;
	}
	redact(url) {
		const fragment = url.indexOf("#");
		const sent = fragment === -1 ? url : url.slice(0, fragment);
		const query = sent.indexOf("?");
		if (query === -1) return this.#parts.redactText(sent);
		const { maxKeys, maxStringLength } = this.#parts;
		const shown = sent.slice(query + 1, query + 1 + maxStringLength).split("&", maxKeys).map((parameter) => this.#parameter(parameter)).join("&");
		return `${this.#parts.redactText(sent.slice(0, query))}?${shown}`;
	}
	#parameter(parameter) {
		const { keys, counts, redactText, replacement } = this.#parts;
		const equals = parameter.indexOf("=");
		const name = equals === -1 ? "" : parameter.slice(0, equals);
		if (name !== "" && keys.isAllowed(name)) return redactText(parameter);
		counts.add("query");
		return name === "" ? replacement : `${keys.lookUp(name).name}=${replacement}`;
	}
};
// ../../redaction/src/plain-fields.ts
/** Sets a field of a copy; an assignment to `__proto__` would change the copy's prototype instead. */
function setField(fields, name, value) {
	if (name !== "__proto__") fields[name] = value;
	else Object.defineProperty(fields, name, {
		value,
		enumerable: true,
		configurable: true,
		writable: true
	});
}
/** Shows entries as fields, as many as asked for. */
function fieldsOfEntries(entries, count) {
	const fields = {};
	let place = 0;
	for (const [key, value] of firstOf(entries, count)) {
		place += 1;
		setField(fields, Object(key) === key ? `[key ${place}]` : String(key), value);
	}
	return fields;
}
/** Shows an error as fields, among them those that it keeps out of sight of `Object.keys`. */
function fieldsOfError(error, read) {
	const name = read(error, "name");
	const fields = { type: name === "Error" ? error.constructor?.name ?? name : name };
	for (const key of [
		"message",
		"stack",
		"cause",
		"errors"
	]) if (key in error) fields[key] = read(error, key);
	for (const key of Object.keys(error)) if (!(key in fields) && key !== "name") setField(fields, key, read(error, key));
	return fields;
}
/** The first items of what may be very long, or without end. */
function* firstOf(items, count) {
	let taken = 0;
	for (const item of items) {
		if (taken >= count) return;
		taken += 1;
		yield item;
	}
}
// ../../redaction/src/value-redaction.ts
/** Under these names an object says what its `value` is the value of, as validation errors, form fields and headers do. */
var NAMES_OF_VALUE = [
	"name",
	"key",
	"property",
	"path",
	"field",
	"param"
];
/** Node's flat lists of header names and values. */
var FLAT_HEADERS = /^raw(?:Headers|Trailers)$/;
var SMALLEST_CARD_NUMBER = 0x9184e72a000;
/** Copies one value into plain data without the secrets in it, within limits for the whole of it. */
var ValueRedaction = class {
	#parts;
	#ancestors = [];
	#entriesLeft;
	#charactersLeft;
	constructor(parts) {
		this.#parts = parts;
		this.#entriesLeft = parts.maxKeys * 10;
		this.#charactersLeft = parts.maxStringLength * 16;
	}
	redact(value, key = "") {
		switch (typeof value) {
			case "string": return this.#text(value);
			case "number": return this.#number(value);
			case "object": return value === null ? null : this.#object(value, key);
			case "bigint":
			case "symbol": return this.#text(String(value));
			case "function": return "[function]";
			default: return value;
		}
	}
	#text(text) {
		if (this.#charactersLeft <= 0) return "[truncated]";
		this.#charactersLeft -= Math.min(text.length, this.#parts.maxStringLength);
		return this.#parts.redactText(text);
	}
	#number(value) {
		if (value < SMALLEST_CARD_NUMBER || !Number.isSafeInteger(value) || !isCardNumber(String(value))) return value;
		this.#parts.counts.add("card");
		return this.#parts.replacement;
	}
	#object(source, key) {
		if (this.#ancestors.includes(source)) return "[circular]";
		if (this.#ancestors.length >= this.#parts.maxDepth) return "[truncated]";
		this.#ancestors.push(source);
		try {
			return this.#copy(source, key);
		} catch {
			return this.#unreadable();
		} finally {
			this.#ancestors.pop();
		}
	}
	#copy(source, key) {
		if (Array.isArray(source)) return this.#list(source, source.length === 2 || FLAT_HEADERS.test(key));
		const prototype = Object.getPrototypeOf(source);
		if (prototype !== Object.prototype && prototype !== null) {
			const known = this.#builtIn(source);
			if (known !== void 0) return known;
		}
		const { toJSON } = source;
		if (typeof toJSON === "function") {
			const json = toJSON.call(source, key);
			if (json !== source) return this.redact(json, key);
		}
		return this.#fields(source);
	}
	#builtIn(source) {
		if (ArrayBuffer.isView(source) || types.isAnyArrayBuffer(source)) return `[binary ${source.byteLength} bytes]`;
		if (types.isDate(source)) return Number.isNaN(source.getTime()) ? "Invalid Date" : source.toISOString();
		if (types.isNativeError(source) || source instanceof Error) return this.#fields(fieldsOfError(source, (from, key) => this.#read(from, key)));
		if (types.isMap(source)) return this.#entries(source, source.size);
		if (types.isSet(source)) return this.#list([...firstOf(source, this.#parts.maxKeys)], false, source.size);
		if (types.isBoxedPrimitive(source)) return this.redact(source.valueOf());
		if (/^\[object (?:Headers|URLSearchParams|FormData)\]$/.test(Object.prototype.toString.call(source))) {
			const entries = [...source];
			return this.#entries(entries, entries.length);
		}
	}
	#list(source, alternatesNameAndValue, size = source.length) {
		const copy = [];
		let secrecy = "open";
		for (let place = 0; place < source.length; place += 1) {
			if (place >= this.#parts.maxKeys || this.#entriesLeft <= 0) break;
			this.#entriesLeft -= 1;
			const item = this.#read(source, place);
			copy.push(secrecy === "open" ? this.redact(item) : this.#secret(item, secrecy));
			secrecy = alternatesNameAndValue && place % 2 === 0 && typeof item === "string" ? this.#parts.keys.lookUp(item).secrecy : "open";
		}
		if (size > copy.length) copy.push(`[${size - copy.length} more]`);
		return copy;
	}
	#entries(entries, size) {
		const { maxKeys } = this.#parts;
		return this.#fields(fieldsOfEntries(entries, Math.min(size, maxKeys)), size);
	}
	#fields(source, size) {
		const keys = Object.keys(source);
		const copy = {};
		let place = 0;
		for (const key of keys) {
			if (place >= this.#parts.maxKeys || this.#entriesLeft <= 0) break;
			place += 1;
			this.#entriesLeft -= 1;
			const { name, secrecy } = this.#parts.keys.lookUp(key);
			const value = this.#read(source, key);
			const secret = key === "value" && secrecy === "open" ? this.#secrecyOfNamed(source) : secrecy;
			setField(copy, name, secret === "open" ? this.redact(value, key) : this.#secret(value, secret));
		}
		const more = (size ?? keys.length) - place;
		if (more > 0) copy["[truncated]"] = `${more} more`;
		return copy;
	}
	#secrecyOfNamed(source) {
		for (const key of NAMES_OF_VALUE) {
			const name = this.#read(source, key);
			if (typeof name !== "string") continue;
			const { secrecy } = this.#parts.keys.lookUp(name);
			if (secrecy !== "open") return secrecy;
		}
		return "open";
	}
	/** That a secret is missing, or whether there is one, is no secret. */
	#secret(value, secrecy) {
		if (value === null || value === void 0 || typeof value === "boolean") return value;
		if (secrecy === "countable" && typeof value === "number") return value;
		this.#parts.counts.add("key");
		return this.#parts.replacement;
	}
	#read(source, key) {
		try {
			return source[key];
		} catch {
			return this.#unreadable();
		}
	}
	#unreadable() {
		this.#parts.counts.add("unreadable");
		return "[unreadable]";
	}
};
// ../../redaction/src/redactor.ts
/** Every other header may carry a secret, and new ones that do are made up every day. */
var SHOWN_HEADERS = /* @__PURE__ */ new Set([
	"content-type",
	"content-length",
	"user-agent",
	"accept",
	"host"
]);
var UNSCRUBABLE = "[unscrubable]";
/** Takes out of texts, values, URLs and headers what must never be written down; never throws. */
var Redactor = class {
	#counts = new RedactionCounts();
	#text;
	#keys;
	#url;
	#parts;
	constructor(options = {}) {
		const resolved = resolveRedactionOptions(options);
		const { maxDepth, maxKeys, maxStringLength, replacement } = resolved;
		const counts = this.#counts;
		this.#text = new TextRedaction(resolved, counts);
		this.#keys = new SecretKeys(resolved.keys, resolved.allowKeys, (name) => this.#text.redact(name, this.#keys));
		const redactText = this.redactText.bind(this);
		this.#parts = {
			keys: this.#keys,
			counts,
			redactText,
			maxDepth,
			maxKeys,
			maxStringLength,
			replacement
		};
		this.#url = new UrlRedaction(this.#parts);
	}
	/** Returns the text with its secrets replaced, unprintable characters escaped, and its length bounded. */
	redactText(text) {
		return this.#closed(() => this.#text.redact(text, this.#keys));
	}
	/** Returns a copy in plain data, as deep and as long as the limits allow; the value itself is only read. */
	redactValue(value) {
		return this.#closed(() => new ValueRedaction(this.#parts).redact(value));
	}
	/** Returns a path or URL with every query value hidden that was not allowed, and without credentials and fragment. */
	redactUrl(url) {
		return this.#closed(() => this.#url.redact(url));
	}
	/** Returns the few headers that are known to carry no secrets, by their lower-case names. */
	redactHeaders(headers) {
		const shown = {};
		try {
			for (const [name, value] of entriesOf(headers)) {
				const lowerCase = name.toLowerCase();
				if (SHOWN_HEADERS.has(lowerCase) && value !== void 0) shown[lowerCase] = this.redactText(String(value));
			}
		} catch {
			this.#counts.add("unscrubable");
		}
		return shown;
	}
	/** Says how often each rule has taken something out, since the start. */
	counts() {
		return this.#counts.snapshot();
	}
	/** Whatever goes wrong in here must not let the original through. */
	#closed(redaction) {
		try {
			return redaction();
		} catch {
			this.#counts.add("unscrubable");
			return UNSCRUBABLE;
		}
	}
};
function entriesOf(headers) {
	return Symbol.iterator in headers ? headers : Object.entries(headers);
}
// loggers.endpoint.ts
var MAX_TTL_SECONDS = 86400;
var MAX_NAME_LENGTH = 200;
/** The pages on which operators read and change the levels of loggers while the app runs. */
function loggersEndpoints(levels) {
	return [
		{
			method: "GET",
			path: "/loggers",
			handle: () => ({ body: {
				levels: LOG_LEVEL_NAMES,
				loggers: levels.list()
			} })
		},
		{
			method: "GET",
			path: "/loggers/:name",
			handle: ({ params }) => ({ body: levels.state(params["name"]) })
		},
		{
			method: "POST",
			path: "/loggers/:name",
			handle: ({ params, body }) => {
				const name = params["name"];
				if (name.length > MAX_NAME_LENGTH) return problem(400, `A name has at most ${MAX_NAME_LENGTH} characters.`);
				const { level: asked, ttlSeconds } = Object(body);
				const level = asked === null ? null : findLogLevel(asked);
				if (level === void 0) {
					const names = LOG_LEVEL_NAMES.join(", ");
					return problem(400, `level ${JSON.stringify(asked)} is not a log level. Use one of ${names}, or null.`);
				}
				if (ttlSeconds !== void 0 && !isTtl(ttlSeconds)) return problem(400, `ttlSeconds ${JSON.stringify(ttlSeconds)} is not between 0 and ${MAX_TTL_SECONDS}.`);
				levels.set(name, level, ttlSeconds === void 0 ? void 0 : ttlSeconds * 1e3);
				return { body: levels.state(name) };
			}
		}
	];
}
function isTtl(value) {
	return typeof value === "number" && value > 0 && value <= MAX_TTL_SECONDS;
}
// logging.module-definition.ts
var { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: LOGGING_OPTIONS, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } = new ConfigurableModuleBuilder({ moduleName: "Logging" }).setClassMethodName("forRoot").setFactoryMethodName("createLoggingOptions").setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({
	...definition,
	global: isGlobal
})).build();
// logging.options.ts
var DEFAULT_LOGGING_OPTIONS = {
	level: "info",
	levels: {},
	destination: "stdout",
	pretty: "auto",
	accessLog: true,
	maxBufferBytes: 4194304
};
/** Fills in the defaults and refuses what cannot work, naming the option and its value. */
function resolveLoggingOptions(options = {}, env = process.env) {
	for (const name of Object.keys(options)) {
		if (name in DEFAULT_LOGGING_OPTIONS) continue;
		const known = Object.keys(DEFAULT_LOGGING_OPTIONS).join(", ");
		throw new Error(`LoggingModule: "${name}" is no option of logging. Use one of ${known}.`);
	}
	const given = Object.entries(options).filter(([, value]) => value !== void 0);
	const resolved = {
		...DEFAULT_LOGGING_OPTIONS,
		...Object.fromEntries(given)
	};
	refuseWrongValues(resolved);
	const level = options.level ? requireLogLevel("level", options.level) : requireLogLevel("LOG_LEVEL", env["LOG_LEVEL"] || DEFAULT_LOGGING_OPTIONS.level);
	const levels = Object.entries(resolved.levels).map(([name, own]) => [name, requireLogLevel(`levels.${name}`, own)]);
	return {
		...resolved,
		level,
		levels: Object.fromEntries(levels)
	};
}
function refuseWrongValues({ destination, pretty, accessLog, maxBufferBytes }) {
	if (!(destination === "stdout" || "write" in Object(destination) && typeof destination.write === "function" || "file" in Object(destination) && typeof destination.file === "string")) throw refusal("destination", destination, `Use 'stdout', { file: 'path' } or an object with write(line).`);
	if (pretty !== "auto" && typeof pretty !== "boolean") throw refusal("pretty", pretty, `Use 'auto', true or false.`);
	if (typeof accessLog !== "boolean") throw refusal("accessLog", accessLog, "Use true or false.");
	if (!Number.isSafeInteger(maxBufferBytes) || maxBufferBytes < 1) throw refusal("maxBufferBytes", maxBufferBytes, "Use a whole number of bytes from 1 up.");
}
function refusal(name, value, wayOut) {
	return /* @__PURE__ */ new Error(`LoggingModule: ${name} is ${JSON.stringify(value) ?? String(value)}. ${wayOut}`);
}
// observation-lines.ts
var MAX_PATH_LENGTH = 1024;
/** Writes the line that closes each request, and one for each `@Observed` call that failed. */
var ObservationLines = class {
	constructor(app, log, accessLog) {
		this.app = app;
		this.log = log;
		this.accessLog = accessLog;
		this.component = "logging";
		this.aspects = [OBSERVED_ASPECT];
	}
	started(observation) {
		if (observation.kind === "method") this.log.scopes.enter(observation);
	}
	stopped(observation) {
		const within = (write) => runInFrame(new Frame(this.app, observation, observation.context), write);
		if (observation.kind === "http.server") {
			if (this.accessLog && !observation.optOuts.has("logging")) within(() => this.#closeRequest(observation));
		} else if (observation.kind === "method") {
			const [options] = observation.method.aspects.get("observed") ?? [];
			if (options !== void 0 && observation.outcome === "failure") within(() => this.#tellFailure(observation, options));
		}
	}
	#closeRequest(request) {
		const { method, route, status, aborted, className, methodName } = request;
		const path = request.path.slice(0, MAX_PATH_LENGTH);
		const fields = {
			"http.request.method": method,
			"url.path": path,
			"http.route": route,
			"http.response.status_code": status,
			duration_ms: rounded(request.durationMs),
			"client.address": request.clientAddress,
			"actor.id": request.actor?.id,
			outcome: request.outcome,
			"error.type": request.errorType,
			"code.function.name": className && `${className}.${methodName}`
		};
		const level = status !== void 0 && status >= 500 ? "error" : aborted ? "warn" : "info";
		const message = `${method} ${route ?? path} ${aborted ? "aborted" : status}`;
		this.log.root[level](new LogEntry("AccessLog", [fields, message]));
	}
	#tellFailure(call, { name }) {
		const fields = {
			err: call.error,
			duration_ms: rounded(call.durationMs),
			outcome: call.outcome,
			"error.type": call.errorType,
			"code.function.name": `${call.className}.${call.methodName}`
		};
		this.log.root.error(new LogEntry(call.className, [fields, `${name} failed`]));
	}
};
function rounded(durationMs = 0) {
	return Math.round(durationMs * 1e3) / 1e3;
}
// pino/app-pino-logger.ts
/**
* nestjs-pino's logger, writing to the root of its own app. The original keeps one root for the whole process, and can
* assign fields to a request only behind its HTTP middleware.
*/
var AppPinoLogger = class extends PinoLogger {
	constructor(params, log) {
		super(params);
		this.log = log;
	}
	get logger() {
		return this.log.root;
	}
	assign(fields) {
		this.log.assign(fields);
	}
	runInContext(work, options = {}) {
		return this.log.runInScope(work, options.bindings ?? {}, options.inherit ?? false);
	}
	call(method, ...values) {
		this.log.root[method](new LogEntry(this.context || void 0, values));
	}
};
// pino/nestjs-pino.providers.ts
/**
* nestjs-pino's providers without the HTTP middleware of its module. Called when an app is put together: only then are
* the contexts of all `@InjectPinoLogger()` known.
*/
function nestjsPinoProviders() {
	return [
		...(LoggerModule.forRoot().providers ?? []).filter((provider) => "provide" in provider && isContextToken(provider.provide)),
		{
			provide: PARAMS_PROVIDER_TOKEN,
			inject: [AppLog],
			useFactory: ({ root }) => ({
				pinoHttp: {
					logger: root,
					wrapSerializers: false
				},
				forRoutes: []
			})
		},
		{
			provide: PinoLogger,
			scope: Scope.TRANSIENT,
			inject: [PARAMS_PROVIDER_TOKEN, AppLog],
			useFactory: (params, log) => new AppPinoLogger(params, log)
		},
		{
			provide: Logger$1,
			useExisting: AppLogger
		},
		{
			provide: NativeLogger,
			useExisting: AppLogger
		}
	];
}
function isContextToken(token) {
	return typeof token === "string" && token.startsWith("PinoLogger:");
}
// unredacted.ts
var MAX_DEPTH = 8;
/** Copies values as they are, for applications that switched redaction off: errors in full, cycles cut. */
var UNREDACTED = {
	redactText: (text) => text,
	redactValue: (value) => plain(value, [])
};
function plain(value, above) {
	if (typeof value === "bigint" || typeof value === "symbol") return String(value);
	if (typeof value !== "object" || value === null) return value;
	if (above.includes(value)) return "[circular]";
	if (above.length >= MAX_DEPTH) return "[truncated]";
	const path = [...above, value];
	try {
		if (Array.isArray(value)) return value.map((item) => plain(item, path));
		const { toJSON } = value;
		if (typeof toJSON === "function") return toJSON.call(value);
		const error = types.isNativeError(value) ? fieldsOf(value) : {};
		const own = Object.entries(value).map(([key, item]) => [key, plain(item, path)]);
		return {
			...error,
			...Object.fromEntries(own)
		};
	} catch {
		return "[unreadable]";
	}
	function fieldsOf({ constructor, message, stack, cause }) {
		return {
			type: constructor.name,
			message,
			stack,
			...cause !== void 0 && { cause: plain(cause, path) }
		};
	}
}
// logging.module.ts
var LoggingModule = class LoggingModule extends ConfigurableModuleClass {
	static {
		this.importOnce = true;
	}
	constructor(options, log, observations, lifecycle, endpoints) {
		super();
		this.options = options;
		this.log = log;
		this.observations = observations;
		this.lifecycle = lifecycle;
		this.endpoints = endpoints;
	}
	static forRoot(options = {}) {
		return withPino(options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options));
	}
	static forRootAsync(options) {
		return withPino(super.forRootAsync(options));
	}
	onModuleInit() {
		if (this.options === false) return;
		const { accessLog } = resolveLoggingOptions(this.options);
		this.observations.register(new ObservationLines(this.observations, this.log, accessLog));
		for (const endpoint of loggersEndpoints(this.log.levels)) this.endpoints.add(endpoint);
		this.lifecycle.onFlush("logs", "log lines", (deadlineMs) => this.log.close(deadlineMs));
	}
};
LoggingModule = __decorate([
	Module({
		imports: [
			ObservationModule,
			LifecycleModule,
			ManagementModule
		],
		providers: [{
			provide: AppLog,
			inject: [
				LOGGING_OPTIONS,
				Observations,
				{
					token: REDACTION_OPTIONS,
					optional: true
				}
			],
			useFactory: (options, app, redaction) => {
				const scrubber = redaction === false ? UNREDACTED : new Redactor(redaction);
				return options === false ? AppLog.off(app.service.name, scrubber) : AppLog.open(resolveLoggingOptions(options), app.service.name, scrubber, app);
			}
		}, {
			provide: AppLogger,
			inject: [AppLog],
			useFactory: (log) => new AppLogger(log)
		}],
		exports: [AppLog, AppLogger]
	}),
	__decorateParam(0, Inject(LOGGING_OPTIONS)),
	__decorateMetadata("design:paramtypes", [
		Object,
		typeof AppLog === "undefined" ? Object : AppLog,
		typeof Observations === "undefined" ? Object : Observations,
		typeof Lifecycle === "undefined" ? Object : Lifecycle,
		typeof ManagementEndpoints === "undefined" ? Object : ManagementEndpoints
	])
], LoggingModule);
/** Adds what nestjs-pino provides, which depends on what was decorated up to now. */
function withPino(definition) {
	const providers = nestjsPinoProviders();
	return {
		...definition,
		providers: [...definition.providers ?? [], ...providers],
		exports: [...definition.exports ?? [], ...providers]
	};
}
// start-logger.ts
/** A logger for the time before there is an app, whose options are not known yet either; each line is written at once. */
function createStartLogger(options = {}, service = process.env["OTEL_SERVICE_NAME"] || "unknown_service:node") {
	return new AppLogger(AppLog.open(resolveLoggingOptions(options), service, new Redactor()));
}
/** Says that an app could not be created, after what Nest had to say about it, in the format of all other lines. */
function logStartFailure(error, logger = createStartLogger()) {
	Logger.overrideLogger(logger);
	Logger.flush();
	logger.fatal(error, "NestFactory");
}
// late-lines.fixture.ts
var [, , ending] = process.argv;
var LateHook = class LateHook {
	async onApplicationShutdown() {
		for (let index = 0; index < 5e3; index += 1) {
			if (index % 1e3 === 0) await setTimeout$1(1);
			new Logger("LateHook").log(`hook ${index}`);
		}
	}
};
LateHook = __decorate([Injectable()], LateHook);
var Settings = class Settings {};
Settings = __decorate([Global(), Module({
	providers: [{
		provide: MANAGEMENT_OPTIONS,
		useValue: false
	}, {
		provide: OBSERVATION_OPTIONS,
		useValue: { service: { name: "late" } }
	}],
	exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS]
})], Settings);
var broken = {
	provide: "BROKEN",
	useFactory: () => Promise.reject(/* @__PURE__ */ new RangeError("the database has no name"))
};
var AppModule = class AppModule {};
AppModule = __decorate([Module({
	imports: [Settings, LoggingModule.forRoot()],
	providers: [LateHook, ...ending === "broken" ? [broken] : []]
})], AppModule);
var app = await NestFactory.create(AppModule, {
	bufferLogs: true,
	abortOnError: false,
	logger: createStartLogger()
}).catch((error) => {
	logStartFailure(error);
	process.exit(1);
});
installLogger(app);
await app.init();
var logger = app.get(AppLogger);
switch (ending) {
	case "exit":
		for (let index = 0; index < 5e3; index += 1) logger.log(`line ${index}`);
		process.on("exit", () => logger.log("from an exit listener"));
		process.exit(0);
		break;
	case "close":
		process.once("SIGTERM", () => {
			app.close().then(() => {
				logger.log("after the app closed");
				new Logger("Main").log("from main");
				process.kill(process.pid, "SIGKILL");
			});
		});
		logger.log("ready");
		setInterval(() => logger.log("under load"), 1);
		break;
	case "stall": {
		process.stderr.write("ready\n");
		const padding = "x".repeat(1e3);
		let longestMs = 0;
		let last = performance.now();
		const timer = setInterval(() => {
			longestMs = Math.max(longestMs, performance.now() - last);
			last = performance.now();
			for (let index = 0; index < 200; index += 1) logger.log(padding);
		}, 5);
		process.once("SIGTERM", () => {
			clearInterval(timer);
			process.stderr.write(`${JSON.stringify({ longestMs })}\n`);
			app.close().then(() => {process.stderr.write("closed "+performance.now()+"\n"); process.exit(0)});
		});
		break;
	}
	default: logger.log("nothing keeps this process alive");
}
export {};
