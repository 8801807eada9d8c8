import { Controller, Get, Injectable, Scope } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Observed } from '#observation';
import { CheckedApp } from './checked-app.fixture.js';
import { HealthContributor } from './health-contributor.decorator.js';
import { SyntheticCheck } from './synthetic-check.decorator.js';

const statuses = (details: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(details).map(([name, { status }]) => [name, status]));

@Injectable()
class Parent {
  @HealthContributor('inherited')
  inherited(): boolean {
    return this instanceof Parent;
  }

  @HealthContributor('overridden')
  overridden(): boolean {
    return false;
  }
}

@Injectable()
class Child extends Parent {
  @HealthContributor('overridden')
  override overridden(): boolean {
    return true;
  }

  @Observed('above')
  @HealthContributor('above')
  above(signal: AbortSignal): boolean {
    return signal instanceof AbortSignal && this instanceof Child;
  }

  @HealthContributor('below')
  @Observed('below')
  async below(): Promise<void> {}
}

@Controller('shop')
class Shop {
  @Get()
  @HealthContributor('shop', { groups: ['live', 'shop'] })
  open(): void {}
}

@Injectable()
class One {
  @HealthContributor('same')
  first(): void {}
}

@Injectable()
class Two {
  @HealthContributor('same')
  second(): void {}
}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  @HealthContributor('request')
  check(): void {}
}

@Injectable({ scope: Scope.TRANSIENT })
class Transient {
  @HealthContributor('transient')
  check(): void {}
}

describe('@HealthContributor', () => {
  it('makes methods of providers and controllers checks, inherited ones too, beside other decorators', async () => {
    const alias = { provide: 'alias', useExisting: Child };
    await using app = await CheckedApp.start({ providers: [Child, alias], controllers: [Shop] });
    const { body } = await app.look('/health');
    expect(statuses(body['details'])).toEqual({
      overridden: 'up',
      above: 'up',
      below: 'up',
      inherited: 'up',
      shop: 'up',
    });
    expect(Object.keys((await app.look('/health/live')).body['details'])).toEqual(['shop']);
    expect((await app.probe('/shop')).status).toBe(200);
  });

  it('refuses a name that two checks have, and says where both are', async () => {
    await expect(CheckedApp.start({ providers: [One, Two] })).rejects.toThrow(
      'HealthModule: "same" is the name of two checks, of One.first in App and of Two.second in App. ' +
        'Give one of them another name.',
    );
    const contributors = [{ name: 'SAME', check: () => true }];
    await expect(CheckedApp.start({ providers: [One], options: { contributors } })).rejects.toThrow(
      '"same" is the name of two checks, of health.contributors[0] and of One.first in App.',
    );
  });

  it.each([PerRequest, Transient])('refuses %o, of which there is not exactly one', async (provider) => {
    await expect(CheckedApp.start({ providers: [provider] })).rejects.toThrow(
      `of ${provider.name}.check in App belongs to a provider of which there is not exactly one. ` +
        'Put the check on a provider without a scope of its own.',
    );
  });

  it('refuses what is no method', () => {
    const decorate = HealthContributor('field') as unknown as (target: object, name: string) => void;
    expect(() => decorate(Child.prototype, 'field')).toThrow(
      'HealthModule: Child.field is no method, so it checks nothing. Decorate a method.',
    );
  });
});

describe('@SyntheticCheck', () => {
  it('runs by itself while the app does, and not for those who ask', async () => {
    const seen = { runs: 0 };

    @Injectable()
    class Checkout {
      @SyntheticCheck({ name: 'checkout', everyMs: 60, critical: false })
      order(): boolean {
        seen.runs += 1;
        return false;
      }
    }

    const app = await CheckedApp.start({ providers: [Checkout] });
    while (seen.runs < 3) await sleep(10);
    expect(await app.probe('/health/ready')).toMatchObject({ status: 200, text: '{"status":"degraded"}' });
    await app[Symbol.asyncDispose]();
    const stopped = seen.runs;
    await sleep(200);
    expect(seen.runs).toBe(stopped);
  });

  it('is refused in the group that decides about a restart', async () => {
    @Injectable()
    class Checkout {
      @SyntheticCheck({ name: 'checkout', everyMs: 60, groups: ['live'] })
      order(): void {}
    }

    await expect(CheckedApp.start({ providers: [Checkout] })).rejects.toThrow(
      `HealthModule: the check "checkout" of Checkout.order in App acts for a user, and a restart would not mend what ` +
        `it finds. Leave it out of 'live'.`,
    );
  });
});
