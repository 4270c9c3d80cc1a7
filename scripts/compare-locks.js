/**
 * Fails unless the second lock file differs from the first only in llama.cpp's CUDA builds.
 * usage: node scripts/compare-locks.js PLAIN GPU
 */
import { readFileSync } from 'node:fs';

const CUDA = /\/@node-llama-cpp\/linux-x64-cuda(-ext)?$/;
const [plain, gpu] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')).packages);

const names = [...new Set([...Object.keys(plain), ...Object.keys(gpu)])];
const changed = names.filter((name) => JSON.stringify(plain[name]) !== JSON.stringify(gpu[name]));
const unexpected = changed.filter((name) => !CUDA.test(name));
const builds = names.filter((name) => CUDA.test(name) && gpu[name]?.libc?.includes('glibc'));

if (unexpected.length > 0) throw new Error(`other packages changed: ${unexpected.join(', ')}`);
if (builds.length !== 2) throw new Error(`expected two CUDA packages, found: ${builds.join(', ') || 'none'}`);
console.log(
  `${builds.length} CUDA packages are in the lock, ${names.length - changed.length} others unchanged`,
);
