type Answer = object | Promise<object>;

const answers: Record<string, () => Answer> = {
  /** User and system time of all threads since the start. */
  cpu: () => process.cpuUsage(),
  /** What is left once garbage is gone; needs `--expose-gc`. */
  memory: async () => {
    // What finalizers let go of in the first collection is gone after the second.
    for (let collection = 0; collection < 2; collection += 1) {
      (globalThis as { gc?: () => void }).gc!();
      await new Promise((done) => setImmediate(done));
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { residentBytes: rss, heapBytes: heapUsed };
  },
};

/** Tells the process that started this one what it asks for, and ends with it. */
export function answerQuestions(): void {
  process.on('message', (question: string) => {
    void Promise.resolve(answers[question]!()).then((answer) => process.send!(answer));
  });
  process.on('disconnect', () => process.exit());
}
