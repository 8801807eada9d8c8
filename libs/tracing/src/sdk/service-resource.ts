import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import type { ServiceIdentity } from '#observation';

/** Who made the spans: the identity that all patterns tell, and OTEL_RESOURCE_ATTRIBUTES; never the command line. */
export function serviceResource({ name, version, environment, instance }: ServiceIdentity): Resource {
  return defaultResource()
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
    .merge(
      resourceFromAttributes({
        'service.name': name,
        'service.version': version,
        'service.instance.id': instance,
        'deployment.environment.name': environment,
      }),
    );
}
