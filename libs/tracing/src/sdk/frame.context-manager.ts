import { type Context, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core';
import { currentFrame, Frame, runInFrame } from '#observation';

const SUPPRESSED_CONTEXT = suppressTracing(ROOT_CONTEXT);

/** Keeps OpenTelemetry's context in the suite's own frames, so that a span and an observation can never disagree. */
export class FrameContextManager extends AsyncLocalStorageContextManager {
  override active(): Context {
    const frame = currentFrame();
    return (frame?.context as Context | undefined) ?? (frame?.suppressed ? SUPPRESSED_CONTEXT : ROOT_CONTEXT);
  }

  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const here = currentFrame();
    const frame = new Frame(here?.app, here?.observation, context, isTracingSuppressed(context));
    return runInFrame(frame, () => work.call(self, ...args));
  }

  override disable(): this {
    return this;
  }

  /** Experimental in OpenTelemetry, and it leaks into the caller of an async function; `with` does the same safely. */
  override attach(): { dispose(): void } {
    diag.warn('context.attach() has no effect here. Use context.with().');
    return { dispose() {} };
  }
}
