import { ConfigurableModuleBuilder, Global, Module, type Provider } from '@nestjs/common';
import { LIFECYCLE_OPTIONS } from '#lifecycle';
import { MANAGEMENT_OPTIONS } from '#management';
import { OBSERVATION_OPTIONS } from '#observation';
import { REDACTION_OPTIONS } from '#redaction';
import { checkOptionNames, type ObservabilityModuleOptions } from './observability.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: OBSERVABILITY_MODULE_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<ObservabilityModuleOptions>({ moduleName: 'Observability' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createObservabilityOptions')
  .build();

/** Hands one part of the options to those who ask for it, and nothing where nothing was set. */
const part = (token: symbol, name: keyof ObservabilityModuleOptions): Provider => ({
  provide: token,
  inject: [OBSERVABILITY_MODULE_OPTIONS],
  useFactory: (options: ObservabilityModuleOptions) => options[name],
});

const SHARED: Provider[] = [
  {
    provide: OBSERVATION_OPTIONS,
    inject: [OBSERVABILITY_MODULE_OPTIONS],
    useFactory: checkOptionNames,
  },
  part(LIFECYCLE_OPTIONS, 'lifecycle'),
  part(MANAGEMENT_OPTIONS, 'management'),
  part(REDACTION_OPTIONS, 'redaction'),
];

/** Holds the options that the whole suite was given, and what the ground floor takes from them. */
@Global()
@Module({
  providers: SHARED,
  exports: [
    OBSERVABILITY_MODULE_OPTIONS,
    OBSERVATION_OPTIONS,
    LIFECYCLE_OPTIONS,
    MANAGEMENT_OPTIONS,
    REDACTION_OPTIONS,
  ],
})
export class ObservabilitySettingsModule extends ConfigurableModuleClass {}
