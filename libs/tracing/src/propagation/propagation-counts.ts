/** What went wrong between this service and its neighbours about the trace, since the start. */
export class PropagationCounts {
  /** Incoming headers that were ignored because they do not follow their specification. */
  malformed = 0;
  /** Requests whose W3C and B3 headers name different traces; W3C's was taken. */
  conflicts = 0;
  /** Requests of callers that are not trusted; their trace was linked and not continued. */
  untrusted = 0;
  /** Outgoing requests whose headers could not be added to. */
  notInjected = 0;
}
