import { Module } from '@nestjs/common';
import { APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ObservabilityModule } from '@crowsnest/observability';
import { AuthenticationGuard } from './auth/authentication.guard.js';
import { RolesGuard } from './auth/roles.guard.js';
import { TokenVerifier } from './auth/token-verifier.js';
import { databaseOptions } from './database.js';
import { readEnvironment } from './environment.js';
import { FaultSwitchboard } from './faults/fault-switchboard.js';
import { Faults } from './faults/faults.js';
import { OrderRepositoryWithFaults } from './faults/order-repository-with-faults.js';
import { PaymentWithFaults } from './faults/payment-with-faults.js';
import { DatabaseHealth } from './health/database.health.js';
import { InputValidationPipe } from './input-validation.pipe.js';
import { observability } from './observability.js';
import { OrderMetrics } from './order-metrics.js';
import { OrderEvents } from './orders/order-events.js';
import { OrderRepository } from './orders/order-repository.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersService } from './orders/orders.service.js';
import { Payment } from './orders/payment.js';
import { Placing } from './orders/placing.js';

const environment = readEnvironment(process.env);

@Module({
  imports: [
    ObservabilityModule.forRoot(observability),
    TypeOrmModule.forRootAsync({ useFactory: () => databaseOptions(environment) }),
  ],
  controllers: [OrdersController],
  providers: [
    OrdersService,
    Placing,
    OrderEvents,
    OrderMetrics,
    DatabaseHealth,
    Faults,
    FaultSwitchboard,
    { provide: OrderRepository, useClass: OrderRepositoryWithFaults },
    { provide: Payment, useClass: PaymentWithFaults },
    { provide: TokenVerifier, useFactory: () => TokenVerifier.fromFile(environment.jwksFile) },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: APP_PIPE, useClass: InputValidationPipe },
  ],
})
export class OrderModule {}
