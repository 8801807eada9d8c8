export { AppPort } from './app-port.js';
export {
  type AccessLevel,
  type ManagementEndpoint,
  type ManagementRequest,
  type ManagementResponse,
} from './management-endpoint.js';
export { ManagementEndpoints } from './management-endpoints.js';
export { DEFAULT_MANAGEMENT_OPTIONS, MANAGEMENT_OPTIONS, type ManagementOptions } from './management.options.js';
export { type ManagementWrite, type WriteListener } from './management-write.js';
export { ManagementServer } from './management-server.js';
export { ManagementModule } from './management.module.js';
export { problem } from './problem.js';
