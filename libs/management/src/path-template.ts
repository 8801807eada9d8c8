/** A path such as `/loggers/:name`, whose parts with a colon stand for any one part and a last `*rest` for all the rest. */
export class PathTemplate {
  readonly #segments: readonly string[];
  /** Sorts the more exact template first: plain parts, then parts with a colon, then the rest. */
  readonly rank: string;

  constructor(readonly path: string) {
    this.#segments = segmentsOf(path);
    const [first = ''] = this.#segments;
    if (!path.startsWith('/') || first === '' || first.startsWith(':') || first.startsWith('*')) {
      throw new Error(
        `ManagementModule: path "${path}" does not begin with a fixed part. Write it like "/loggers" or "/loggers/:name".`,
      );
    }
    const rest = this.#segments.findIndex((segment) => segment.startsWith('*'));
    if (rest !== -1 && rest !== this.#segments.length - 1) {
      throw new Error(`ManagementModule: path "${path}" goes on after its "*". Put the part with "*" last.`);
    }
    this.rank = this.#segments.map((segment) => ':*'.indexOf(segment[0] ?? '') + 1).join('');
  }

  /** The first part, which is always a plain one. */
  get root(): string {
    return this.#segments[0]!;
  }

  /** The template without the names of its parts: two that look alike match the same paths. */
  get shape(): string {
    return this.#segments.map((segment) => (/^[:*]/.test(segment) ? segment[0] : segment)).join('/');
  }

  /** What the named parts stand for, decoded; undefined when the path is another one. */
  match(path: string): Record<string, string> | undefined {
    const actual = segmentsOf(path);
    const params: Record<string, string> = {};
    for (const [index, segment] of this.#segments.entries()) {
      if (segment.startsWith('*')) {
        params[segment.slice(1)] = actual.slice(index).map(decode).join('/');
        return params;
      }
      const value = actual[index];
      if (value === undefined) return undefined;
      if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = decode(value);
      else if (segment !== value) return undefined;
    }
    return actual.length === this.#segments.length ? params : undefined;
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
