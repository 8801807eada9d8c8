import type { ManagementEndpoint, ManagementRequest, ManagementResponse } from '#management';
import { problem } from '#management';
import { BUILT_IN_GROUPS, type HealthChecker } from './health-checker.js';
import { HEALTH_JSON, healthJson, wantsHealthJson } from './health-json.js';
import { type HealthReport, httpStatusOf } from './health-report.js';

type Ask = (params: ManagementRequest['params']) => Promise<HealthReport | undefined>;

/** `GET /health`, `/health/<group>` and `/health/<group>/<contributor>`, with details for those who may see them. */
export function healthEndpoints(checker: HealthChecker): ManagementEndpoint[] {
  const endpoint = (path: string, ask: Ask): ManagementEndpoint => ({
    method: 'GET',
    path,
    access: 'read',
    async handle({ params, headers }) {
      const report = await ask(params);
      if (report === undefined) return unknown(checker);
      return answer(
        report,
        wantsHealthJson(headers.accept) ? [healthJson(report, checker.service), HEALTH_JSON] : [report],
      );
    },
    async withoutAccess({ params }) {
      const report = await ask(params);
      return report === undefined
        ? problem(404, 'There is nothing here.')
        : answer(report, [{ status: report.status }]);
    },
  });
  return [
    endpoint('/health', () => checker.check()),
    endpoint('/health/:group', ({ group }) => checker.check(group!)),
    endpoint('/health/:group/:contributor', ({ group, contributor }) => checker.checkOne(group!, contributor!)),
  ];
}

/** The pages of the app's own port: one word for anybody who reaches it. */
export function publicHealthEndpoints(checker: HealthChecker, basePath: string): ManagementEndpoint[] {
  return [undefined, ...BUILT_IN_GROUPS].map((group) => ({
    method: 'GET',
    path: group === undefined ? basePath : `${basePath}/${group}`,
    access: 'none',
    async handle() {
      const report = (await checker.check(group))!;
      return answer(report, [{ status: report.status }]);
    },
  }));
}

function answer({ status }: HealthReport, [body, type]: [body: object, type?: string]): ManagementResponse {
  return {
    status: httpStatusOf(status),
    headers: {
      vary: 'accept',
      ...(type === undefined ? {} : { 'content-type': type }),
      // A prober's connection that stays open would keep the server from closing.
      ...(status === 'shutting_down' ? { connection: 'close' } : {}),
    },
    body,
  };
}

function unknown(checker: HealthChecker): ManagementResponse {
  return problem(404, `There is no such group or contributor. The groups are ${checker.groups().join(', ')}.`);
}
