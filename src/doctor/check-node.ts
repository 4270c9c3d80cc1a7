import { failed, ok, type Finding } from './doctor-types.ts';

const LEAST = { major: 20, minor: 19 } as const;

/** @param version as in process.version */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const evidence = { version, needed: `${LEAST.major}.${LEAST.minor}` };
  if (major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor))
    return ok(`Node.js ${version}`, evidence);
  return failed(
    `Node.js ${version} is too old.`,
    `Install Node.js ${LEAST.major}.${LEAST.minor} or newer.`,
    evidence,
  );
}
