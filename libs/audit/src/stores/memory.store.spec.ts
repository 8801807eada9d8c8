import { describeAuditStore } from '../audit-store.contract.js';
import { MemoryStore } from './memory.store.js';

describeAuditStore('MemoryStore', async () => new MemoryStore());
