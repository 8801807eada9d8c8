// Loaded before an app that a script starts: its stdin is a pipe from the starter, which closes however the starter
// ends. An app whose starter was killed drains and stops as on SIGTERM, instead of keeping its port for ever.
process.stdin.once('close', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
process.stdin.unref();
