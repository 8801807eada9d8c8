#!/usr/bin/env node
// npm links a command when it installs the package, and in this repository nothing is built by then.
import '../dist/audit/src/cli/crowsnest-audit.js';
