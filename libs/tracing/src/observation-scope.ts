/** The instrumentation scope of spans that tell of an observation; `GET /observations` hears of those from elsewhere. */
export const OBSERVATION_SCOPE = '@crowsnest/observability';

/** The instrumentation scope of spans that users make by hand with `Tracing`. */
export const TRACING_SCOPE = '@crowsnest/observability/tracing';
