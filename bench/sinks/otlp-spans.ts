interface OtlpTraces {
  resourceSpans?: { scopeSpans?: { spans?: unknown[] }[] }[];
}

// The numbers of `resource_spans`, `scope_spans` and `spans`, each a field of the message before.
const PATH_TO_SPANS = [1, 2, 2];

/** Counts the spans of a delivery of OTLP, or fails saying why it cannot be read. */
export function countSpans(body: Buffer, contentType: string | undefined): number {
  if (contentType?.startsWith('application/json')) {
    const { resourceSpans = [] } = JSON.parse(body.toString()) as OtlpTraces;
    return resourceSpans
      .flatMap(({ scopeSpans = [] }) => scopeSpans)
      .reduce((sum, { spans = [] }) => sum + spans.length, 0);
  }
  if (contentType === 'application/x-protobuf') return countMessages(body, PATH_TO_SPANS);
  throw new Error(`spans came as ${contentType} and neither as JSON nor as protobuf`);
}

/** Counts the messages at the end of a path of field numbers, without reading what is in them. */
function countMessages(message: Buffer, [wanted, ...path]: readonly number[]): number {
  let count = 0;
  let at = 0;
  while (at < message.length) {
    const [tag, afterTag] = varint(message, at);
    const [field, wireType] = [tag >>> 3, tag & 7];
    const [start, end] = extent(message, wireType, afterTag);
    if (end > message.length) throw new Error(`a delivery of spans ends within its field ${field}`);
    if (field === wanted && wireType === 2) {
      count += path.length === 0 ? 1 : countMessages(message.subarray(start, end), path);
    }
    at = end;
  }
  return count;
}

/** Where the value of a field begins and ends. */
function extent(message: Buffer, wireType: number, at: number): [start: number, end: number] {
  if (wireType === 0) return [at, varint(message, at)[1]];
  if (wireType === 1) return [at, at + 8];
  if (wireType === 5) return [at, at + 4];
  if (wireType !== 2) throw new Error(`a delivery of spans has a field of wire type ${wireType}`);
  const [length, start] = varint(message, at);
  return [start, start + length];
}

function varint(message: Buffer, at: number): [value: number, end: number] {
  let value = 0;
  for (let byte = 0; byte < 10; byte += 1) {
    const bits = message[at + byte];
    if (bits === undefined) break;
    value += (bits & 0x7f) * 2 ** (7 * byte);
    if (bits < 0x80) return [value, at + byte + 1];
  }
  throw new Error('a delivery of spans ends within a number');
}
