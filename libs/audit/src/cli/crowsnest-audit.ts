#!/usr/bin/env node
import { runCommand } from './run-command.js';

void runCommand(process.argv.slice(2), process.env, {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
}).then((code) => (process.exitCode = code));
