declare module 'autocannon' {
  export interface LoadOptions {
    url: string;
    method: string;
    headers?: Record<string, string>;
    body?: string;
    /** Compared with the body of every answer. */
    expectBody: string;
    connections: number;
    /** How many requests are made in all. */
    amount: number;
    /** How often, in milliseconds, it looks whether all answers are there. */
    sampleInt: number;
    /** Ends the run at this many errors. */
    bailout: number;
    /** How many seconds an answer may take. */
    timeout: number;
  }

  export interface LoadResult {
    '2xx': number;
    non2xx: number;
    errors: number;
    mismatches: number;
    resets: number;
  }

  export default function autocannon(options: LoadOptions): Promise<LoadResult>;
}
