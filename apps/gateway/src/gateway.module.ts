import { Module } from '@nestjs/common';
import { APP_GUARD, APP_PIPE } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { ObservabilityModule } from '@crowsnest/observability';
import { AuthenticationGuard } from './auth/authentication.guard.js';
import { RolesGuard } from './auth/roles.guard.js';
import { TokenVerifier } from './auth/token-verifier.js';
import { readEnvironment } from './environment.js';
import { FaultSwitchboard } from './faults/fault-switchboard.js';
import { Faults } from './faults/faults.js';
import { OrderServiceWithFaultsClient } from './faults/order-service-with-faults.client.js';
import { OrderServiceHealth } from './health/order-service.health.js';
import { InputValidationPipe } from './input-validation.pipe.js';
import { observability } from './observability.js';
import { OrderServiceClient } from './orders/order-service.client.js';
import { OrdersController } from './orders/orders.controller.js';
import { rateLimit } from './rate-limit.js';

const { jwksFile, orderUrl, rateLimitPerMinute } = readEnvironment(process.env);

@Module({
  imports: [ObservabilityModule.forRoot(observability), ThrottlerModule.forRoot(rateLimit(rateLimitPerMinute))],
  controllers: [OrdersController],
  providers: [
    Faults,
    FaultSwitchboard,
    {
      provide: OrderServiceClient,
      useFactory: (faults: Faults) => new OrderServiceWithFaultsClient(orderUrl, faults),
      inject: [Faults],
    },
    { provide: OrderServiceHealth, useFactory: () => new OrderServiceHealth(orderUrl) },
    { provide: TokenVerifier, useFactory: () => TokenVerifier.fromFile(jwksFile) },
    // In this order: the limit is the actor's, so the actor has to be known.
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: ThrottlerGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: APP_PIPE, useClass: InputValidationPipe },
  ],
})
export class GatewayModule {}
