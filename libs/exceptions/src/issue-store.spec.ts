import { describe, expect, it } from 'vitest';
import { reportOf } from './exception-report.fixture.js';
import { fingerprintOf } from './exception-fingerprint.js';
import { NEWS_MS } from './issue-life.js';
import { IssueStore, type Occurrence } from './issue-store.js';

/** A store whose clock is set by hand. */
class ClockedStore extends IssueStore {
  nowMs = 1_000;

  constructor(maxIssues = 100) {
    super(maxIssues, () => this.nowMs);
  }

  see(fault: string, changes: Partial<Occurrence> = {}): string {
    const report = reportOf(new Error(fault));
    const { id } = this.add({
      ...report,
      fingerprint: fingerprintOf(report.thrown, fault),
      title: fault,
      beganMs: this.nowMs,
      ...changes,
    });
    return id;
  }

  titles(): string[] {
    return this.list({ limit: 1_000 }).items.map(({ title }) => title);
  }
}

type Step = 'seen' | 'resolved' | 'ignored' | 'a week passes' | 'a straggler is seen';

describe('an issue', () => {
  it.each<[string, Step[]]>([
    ['new', ['seen']],
    ['new', ['seen', 'seen']],
    ['ongoing', ['seen', 'a week passes']],
    ['ongoing', ['seen', 'a week passes', 'seen']],
    ['resolved', ['seen', 'resolved']],
    ['resolved', ['seen', 'resolved', 'a week passes']],
    ['resolved', ['seen', 'resolved', 'a straggler is seen']],
    ['regressed', ['seen', 'resolved', 'seen']],
    ['regressed', ['seen', 'resolved', 'seen', 'seen']],
    ['ongoing', ['seen', 'resolved', 'seen', 'a week passes']],
    ['resolved', ['seen', 'resolved', 'seen', 'resolved']],
    ['ignored', ['seen', 'ignored']],
    ['ignored', ['seen', 'ignored', 'seen', 'a week passes', 'seen']],
    ['resolved', ['seen', 'ignored', 'resolved']],
    ['regressed', ['seen', 'ignored', 'resolved', 'seen']],
  ])('is %s after %j', (state, steps) => {
    const store = new ClockedStore();
    let id = '';
    for (const step of steps) {
      store.nowMs += 10;
      if (step === 'seen') id = store.see('fault');
      else if (step === 'a straggler is seen') id = store.see('fault', { beganMs: store.nowMs - 15 });
      else if (step === 'a week passes') store.nowMs += NEWS_MS;
      else store.decide(id, step);
    }
    expect(store.find(id)?.state).toBe(state);
    expect(store.find(id)?.history.at(-1)?.state).toBe(state);
  });

  it('regresses once, however many come back at the same time', () => {
    const store = new ClockedStore();
    const id = store.see('fault');
    store.decide(id, 'resolved');
    store.nowMs += 1;
    for (let seen = 0; seen < 5; seen += 1) store.see('fault');
    expect(store.find(id)).toMatchObject({ count: 6, state: 'regressed' });
    expect(store.find(id)?.history.map(({ state }) => state)).toEqual(['new', 'resolved', 'regressed']);
  });

  it('remembers its last ten traces and as many of its changes as are worth it', () => {
    const store = new ClockedStore();
    let id = '';
    for (let seen = 0; seen < 50; seen += 1) {
      store.nowMs += 1;
      id = store.see('fault', { traceId: `trace-${seen}` });
      store.decide(id, 'resolved');
    }
    expect(store.find(id)?.traceIds).toEqual(Array.from({ length: 10 }, (_, back) => `trace-${49 - back}`));
    expect(store.find(id)?.history).toHaveLength(20);
  });
});

describe('a store of issues', () => {
  it('lists what was seen last first, page by page', () => {
    const store = new ClockedStore();
    for (const fault of ['a', 'b', 'c', 'a']) store.see(fault);
    expect(store.titles()).toEqual(['a', 'c', 'b']);
    const first = store.list({ limit: 2 });
    expect(first.items.map(({ title }) => title)).toEqual(['a', 'c']);
    const second = store.list({ limit: 2, before: first.next });
    expect([second.items.map(({ title }) => title), second.next]).toEqual([['b'], undefined]);
  });

  it('forgets resolved issues first, then the one not seen for the longest time, ignored ones last', () => {
    const store = new ClockedStore(3);
    store.decide(store.see('ignored'), 'ignored');
    store.see('old');
    store.decide(store.see('solved'), 'resolved');
    store.see('one');
    expect(store.titles()).toEqual(['one', 'old', 'ignored']);
    store.see('two');
    expect(store.titles()).toEqual(['two', 'one', 'ignored']);
  });

  it('stays bounded when all are ignored', () => {
    const store = new ClockedStore(2);
    for (const fault of ['a', 'b', 'c', 'd']) store.decide(store.see(fault), 'ignored');
    expect(store.titles()).toEqual(['d', 'c']);
  });
});
