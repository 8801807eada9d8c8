// Loaded before an app, kills it with SIGKILL at the moment that KILLED_AT names: once, while it places an order.
import { ServerResponse } from 'node:http';
import pg from 'pg';

const moment = process.env.KILLED_AT;
const die = () => process.kill(process.pid, 'SIGKILL');

if (moment === 'the response') {
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (status, ...rest) {
    if (status === 201) die();
    return writeHead.call(this, status, ...rest);
  };
}

if (moment === 'before the commit' || moment === 'during the commit') {
  const { query } = pg.Client.prototype;
  let isPlacing = false;
  pg.Client.prototype.query = function (...args) {
    const text = typeof args[0] === 'string' ? args[0] : args[0]?.text;
    if (/insert into "?orders/i.test(text ?? '')) isPlacing = true;
    const isCommit = isPlacing && /^commit/i.test(text ?? '');
    if (isCommit && moment === 'before the commit') die();
    const result = query.apply(this, args);
    // The COMMIT is with the kernel by now, and its answer has to come from the disk.
    if (isCommit) setImmediate(die);
    return result;
  };
}
