import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CONFIG_SCHEMA } from './config-schema.ts';
import { loadConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'answerbox-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const missing = join(folder, 'none.json');
const file = (content: string): string => {
  const path = join(folder, 'answerbox.config.json');
  writeFileSync(path, content);
  return path;
};

describe('loadConfig', () => {
  it('has a default for every key', () => {
    const { config, explained } = loadConfig({ environment: {}, file: missing });
    expect(Object.keys(config)).toEqual(Object.keys(CONFIG_SCHEMA.properties));
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, data_dir: './data/runtime', demo: true });
    expect(explained.every(({ from, description }) => from === 'default' && description !== '')).toBe(true);
  });

  it('takes the environment before the file before the default, and says which', () => {
    const path = file('{"port": 9000, "demo": false}');
    const { config, explained } = loadConfig({ environment: { ANSWERBOX_PORT: '9001' }, file: path });
    expect(config).toMatchObject({ port: 9001, demo: false });
    const from = Object.fromEntries(explained.map((setting) => [setting.key, setting.from]));
    expect(from).toMatchObject({ port: 'environment', demo: 'file', host: 'default' });
  });

  it('is frozen', () => {
    const { config } = loadConfig({ environment: {}, file: missing });
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it.each([
    [{ ANSWERBOX_PROT: '1' }, 'config_unknown_key', 'ANSWERBOX_PORT'],
    // Its name before the WebSocket asked the same.
    [{ ANSWERBOX_WIDGET_ORIGINS: '*' }, 'config_unknown_key', 'ANSWERBOX_ALLOWED_ORIGINS'],
    [{ ANSWERBOX_PORT: 'eighty' }, 'config_bad_value', 'a whole number from 0 to 65535'],
    [{ ANSWERBOX_PORT: '70000' }, 'config_bad_value', '70000'],
    [{ ANSWERBOX_DEMO: 'maybe' }, 'config_bad_value', 'true or false'],
    [{ ANSWERBOX_GENERATOR: 'big' }, 'config_bad_value', 'one of "builtin", "none"'],
  ])('stops at %j', (environment, code, words) => {
    expect(() => loadConfig({ environment, file: missing })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) as string }),
    );
  });

  it.each([
    ['{"prot": 1}', 'config_unknown_key'],
    ['{"port": ', 'config_unreadable'],
    ['[1]', 'config_unreadable'],
    ['{"port": "x"}', 'config_bad_value'],
  ])('stops at the file %s', (content, code) => {
    expect(() => loadConfig({ environment: {}, file: file(content) })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('leaves other variables alone', () => {
    expect(() => loadConfig({ environment: { PATH: '/bin', ANSWER: '1' }, file: missing })).not.toThrow();
  });
});
