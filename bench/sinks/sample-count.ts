/** Answers how many requests the histogram of a `/metrics` page has counted. */
export async function fetchSampleCount(metricsUrl: string): Promise<number> {
  const response = await fetch(metricsUrl);
  if (!response.ok) throw new Error(`${metricsUrl} answered ${response.status}`);
  return sampleCount(await response.text());
}

/**
 * Adds up the series of `http_server_request_duration_seconds_count` in a page of the text format, or of
 * `http_request_duration_seconds_count`, as a histogram made by hand is called.
 */
export function sampleCount(page: string): number {
  const series = page.matchAll(/^http_(?:server_)?request_duration_seconds_count(?:\{.*\})? (\S+)/gm);
  return [...series].reduce((sum, [, value]) => sum + Number(value), 0);
}
