import { checkBackups } from './check-backups.ts';
import { checkCaches } from './check-caches.ts';
import { checkClock } from './check-clock.ts';
import { checkCpu } from './check-cpu.ts';
import { checkDataFolder } from './check-data-folder.ts';
import { checkDisk } from './check-disk.ts';
import { checkEgress } from './check-egress.ts';
import { checkGenerators } from './check-generators.ts';
import { checkIndex } from './check-index.ts';
import { checkLoad } from './check-load.ts';
import { checkMail } from './check-mail.ts';
import { checkMemory } from './check-memory.ts';
import { checkModels } from './check-models.ts';
import { checkNode } from './check-node.ts';
import { checkPort } from './check-port.ts';
import { checkRetention } from './check-retention.ts';
import { checkStore } from './check-store.ts';
import type { DoctorCheck } from './doctor-types.ts';
import { proveEgress } from './prove-egress.ts';
import { watchEgress } from './watch-egress.ts';

export type { DoctorResult } from './doctor-types.ts';

/** In the order in which they are run and shown: the machine, the models, the stores, the network. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  { code: 'node', name: 'Node.js', run: async () => checkNode(process.version) },
  { code: 'cpu', name: 'Processor', run: checkCpu },
  { code: 'memory', name: 'Memory', run: async () => checkMemory(process.availableMemory()) },
  { code: 'disk', name: 'Free disk space', run: checkDisk },
  { code: 'data-folder', name: 'Data folder', run: checkDataFolder },
  { code: 'models', name: 'Model files', run: checkModels },
  { code: 'generators', name: 'Generators and prompts', run: (config) => checkGenerators(config) },
  { code: 'load', name: 'Models at work', run: checkLoad },
  { code: 'store', name: 'Store', run: checkStore },
  { code: 'index', name: 'Vector index', run: checkIndex },
  { code: 'caches', name: 'Caches', run: checkCaches },
  { code: 'backups', name: 'Backups', run: checkBackups },
  { code: 'retention', name: 'Retention', run: checkRetention },
  { code: 'port', name: 'Port', run: checkPort },
  { code: 'clock', name: 'Clock', run: checkClock },
  { code: 'mail', name: 'Mail', run: async (config) => checkMail(config) },
  { code: 'egress', name: 'No outbound traffic', run: checkEgress },
];

/** What `doctor --egress` does: what may connect, what does while a question is answered, and a proof. */
export function egressChecks(probe: readonly string[]): readonly DoctorCheck[] {
  return [
    { code: 'egress', name: 'What is switched on', run: checkEgress },
    { code: 'egress-watch', name: 'Sockets while it answers', run: watchEgress },
    {
      code: 'egress-proof',
      name: 'Without any network',
      run: (_config, signal) => proveEgress(probe, signal),
    },
  ];
}
