// The bill of materials can be made and names what runs; no dependency that runs has a known grave vulnerability, where
// the registry tells. Offline, or where its audit is not served, the latter is said and not judged.
import { spawnSync } from 'node:child_process';

const npm = (...args) => spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 1 << 28 });

const bill = JSON.parse(
  spawnSync('sh', ['scripts/sbom.sh'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout,
);
const names = new Set((bill.components ?? []).map(({ name }) => name));
const missing = ['fastify', 'better-sqlite3', 'lmdb'].filter((name) => !names.has(name));
if (bill.bomFormat !== 'CycloneDX' || missing.length > 0)
  throw new Error(`The bill of materials is not whole: ${missing.join(', ')}`);
console.log(`bill of materials: ${names.size} components`);

const { stdout } = npm('audit', '--omit=dev', '--json');
const report = stdout.trim().startsWith('{') ? JSON.parse(stdout) : {};
const found = report.metadata?.vulnerabilities;
if (!found) console.log('npm audit: not to be had here, not judged');
else {
  const grave = found.high + found.critical;
  console.log(`npm audit: ${JSON.stringify(found)}`);
  for (const { name, severity, range } of Object.values(report.vulnerabilities ?? {}))
    if (severity === 'high' || severity === 'critical') console.error(`${severity}: ${name} ${range}`);
  if (grave > 0) process.exitCode = 1;
}
