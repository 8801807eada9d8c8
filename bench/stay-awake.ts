let reasons = 0;

/**
 * Keeps this process from falling asleep until what it gives is disposed of. Whoever answers a client that sleeps has to
 * wake it: a kernel charges that to the server, on a virtual machine a tenth of a request, and the slower a
 * server is the more often it finds its clients asleep. On other machines, where clients usually are, nobody pays for it.
 */
export function stayAwake(): Disposable {
  reasons += 1;
  if (reasons === 1) turn();
  return { [Symbol.dispose]: () => void (reasons -= 1) };
}

/** An event loop that has something to do at once asks what else has come, and does not wait for it. */
function turn(): void {
  if (reasons > 0) setImmediate(turn);
}
