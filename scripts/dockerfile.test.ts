import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

// No Docker engine is needed here: scripts/check-image-steps.sh runs the steps, this holds the frame.

const ROOT = new URL('..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Instruction {
  name: string;
  text: string;
}

/** The instructions of a Dockerfile, with continued lines joined and comments left out. */
function instructions(dockerfile: string): Instruction[] {
  return dockerfile
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, text] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      if (name === undefined || text === undefined) throw new Error(`not a Dockerfile instruction: ${line}`);
      return { name, text };
    });
}

/** Every stage with its instructions, in order; what comes before the first FROM is under ''. */
function stages(dockerfile: string): Map<string, Instruction[]> {
  const found = new Map<string, Instruction[]>([['', []]]);
  let current = found.get('')!;
  for (const one of instructions(dockerfile)) {
    const stage =
      one.name === 'FROM' ? (/ AS (\S+)$/.exec(one.text)?.[1] ?? `stage ${String(found.size)}`) : null;
    if (stage !== null) found.set(stage, (current = []));
    current.push(one);
  }
  return found;
}

const texts = (stage: Instruction[], name: string): string[] =>
  stage.filter((one) => one.name === name).map((one) => one.text);

describe('Dockerfile', () => {
  const all = stages(read('Dockerfile'));
  const build = all.get('build')!;
  const runtime = all.get('runtime')!;

  test('the compilers stay in the build stage, the runtime stage is the last', () => {
    expect([...all.keys()].at(-1)).toBe('runtime');
    expect(texts(build, 'RUN').join()).toContain('g++');
    for (const [stage, list] of all) {
      if (stage !== 'build') expect(texts(list, 'RUN').join()).not.toContain('apt-get');
    }
  });

  test('the steps are the scripts that CI runs, and they are executable', () => {
    const steps = [...texts(build, 'RUN'), ...texts(runtime, 'RUN'), ...texts(runtime, 'ENTRYPOINT')].join(
      '\n',
    );
    const called = [...steps.matchAll(/scripts\/[\w-]+\.sh/g)].map(([path]) => path);
    expect(called).toEqual(['scripts/image-build.sh', 'scripts/image-runtime.sh', 'scripts/image-entry.sh']);
    const check = read('scripts/check-image-steps.sh');
    for (const path of [...called, 'scripts/gpu-dependencies.sh', 'scripts/check-image-steps.sh']) {
      expect(statSync(join(ROOT, path)).mode & 0o111, path).toBe(0o111);
      if (!path.includes('check-')) expect(check).toContain(path);
    }
  });

  test('Node headers come with the image, never by download', () => {
    expect(texts(build, 'ENV').join()).toContain('npm_config_nodedir=/usr/local');
  });

  test('it runs as a numeric user without rights, who owns the one volume', () => {
    expect(texts(runtime, 'USER')).toEqual(['10001:10001']);
    expect(texts(runtime, 'VOLUME')).toEqual(['/data']);
    expect(texts(runtime, 'ENV').join()).toContain('ANSWERBOX_DATA_DIR=/data');
    expect(texts(runtime, 'RUN')).toEqual(['scripts/image-runtime.sh 10001']);
  });

  test('it listens outside the container and says whether it is alive', () => {
    expect(texts(runtime, 'ENV').join()).toContain('ANSWERBOX_HOST=0.0.0.0');
    expect(texts(runtime, 'EXPOSE')).toEqual(['8080']);
    expect(texts(runtime, 'HEALTHCHECK').join()).toContain('/app/scripts/healthcheck.js');
    expect(texts(runtime, 'ENTRYPOINT')).toEqual(['["/app/scripts/image-entry.sh"]']);
    expect(texts(runtime, 'CMD')).toEqual(['["serve"]']);
  });

  test('the weights are inside, and everything copied is what the build step makes', () => {
    const copied = texts(runtime, 'COPY').flatMap((text) =>
      [...text.matchAll(/ \/app\/(\S+)/g)].map(([, path]) => path),
    );
    expect(copied.sort()).toEqual([
      'LICENSE',
      'data',
      'dist',
      'models',
      'node_modules',
      'package.json',
      'scripts',
    ]);
    const script = read('scripts/image-build.sh');
    for (const path of copied) expect(script).toContain(path);
  });
});

test('.dockerignore holds plain paths, so that CI can leave out the same', () => {
  const paths = read('.dockerignore').split('\n').filter(Boolean);
  expect(paths.filter((path) => !/^[\w./-]+$/.test(path) || path.startsWith('/'))).toEqual([]);
  for (const needed of [
    'models',
    'src',
    'web',
    'data',
    'scripts',
    'package-lock.json',
    '.npmrc',
    'LICENSE',
  ]) {
    expect(paths).not.toContain(needed);
  }
  expect(paths).toContain('node_modules');
  expect(paths).toContain('.git');
});

test('scripts parse, whatever shell the image has', () => {
  const scripts = execFileSync('find', ['scripts', '-name', '*.sh'], { cwd: ROOT, encoding: 'utf8' }).trim();
  for (const path of scripts.split('\n')) {
    expect(read(path)).toMatch(/^#!\/bin\/sh\n/);
    execFileSync('sh', ['-n', path], { cwd: ROOT });
  }
  execFileSync('bash', ['-n', '.ci/run'], { cwd: ROOT });
});

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

interface Service {
  build: { context: string; args: Record<string, string> };
  ports: string[];
  volumes: string[];
  read_only: boolean;
  tmpfs: string[];
  cap_drop: string[];
  security_opt: string[];
  healthcheck: { test: string[] };
  deploy: { resources: { reservations: { devices: { driver: string; capabilities: string[] }[] } } };
}

describe('docker-compose.gpu.yml', () => {
  const compose = parse(read('docker-compose.gpu.yml')) as Compose;
  const service = compose.services['answerbox']!;

  test('builds the CUDA variant and reserves an NVIDIA device', () => {
    expect(service.build).toEqual({ context: '.', args: { GPU: 'cuda' } });
    expect(read('Dockerfile')).toContain('AS base-cuda');
    const [device] = service.deploy.resources.reservations.devices;
    expect(device).toMatchObject({ driver: 'nvidia', capabilities: ['gpu'] });
  });

  test('keeps its data in a declared volume and may write nowhere else', () => {
    expect(service.volumes).toEqual(['answerbox-data:/data']);
    expect(Object.keys(compose.volumes)).toEqual(['answerbox-data']);
    expect(service.read_only).toBe(true);
    expect(service.tmpfs.map((one) => one.split(':')[0])).toEqual(['/tmp']);
  });

  test('runs without rights, watched, and reachable from this machine only unless told otherwise', () => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    const health = service.healthcheck.test.at(-1)!;
    expect(existsSync(join(ROOT, health.replace('/app/', '')))).toBe(true);
    expect(service.ports).toEqual(['${PUBLISH:-127.0.0.1:8080}:8080']);
  });

  test('the packages that the GPU variant lets in are replaced in the plain one', () => {
    const { overrides } = JSON.parse(read('package.json')) as { overrides: Record<string, string> };
    const named = [...read('scripts/gpu-dependencies.sh').matchAll(/overrides\[([^\]]+)\]/g)].map(
      ([, name]) => name!,
    );
    expect(named).toHaveLength(2);
    for (const name of named) expect(overrides[name]).toMatch(/^npm:empty-npm-package@/);
  });
});
