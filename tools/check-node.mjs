// Plain JavaScript of long ago, so that a Node that is too old still gets as far as the message.
if (!process.features.typescript || typeof AsyncDisposableStack === 'undefined') {
  process.stderr.write(
    `Crowsnest: Node ${process.version} is too old for its scripts, which need 24 or newer. ` +
      'npm ci brings a fitting Node along for Linux (glibc), macOS and Windows on x64 and for Linux and macOS on arm64: ' +
      'run "npm ci" without --omit=optional, or install Node 24.\n',
  );
  process.exit(1);
}
