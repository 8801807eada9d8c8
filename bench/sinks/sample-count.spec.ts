import { expect, it } from 'vitest';
import { sampleCount } from './sample-count.ts';

it('adds up the counts of all routes and nothing else', () => {
  const page = [
    '# TYPE http_server_request_duration_seconds histogram',
    'http_server_request_duration_seconds_bucket{le="+Inf",http_route="/a"} 4',
    'http_server_request_duration_seconds_sum{http_route="/a"} 1.5',
    'http_server_request_duration_seconds_count{http_route="/a{b}"} 4',
    'http_server_request_duration_seconds_count{http_route="/c"} 3',
    'http_client_request_duration_seconds_count{http_route="/d"} 100',
    '',
  ].join('\n');
  expect(sampleCount(page)).toBe(7);
  expect(sampleCount('http_request_duration_seconds_count{route="/a"} 5\n')).toBe(5);
  expect(sampleCount('')).toBe(0);
});
