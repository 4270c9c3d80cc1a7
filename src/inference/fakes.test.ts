import { expect, test } from 'vitest';
import { createFakeModelHost } from './fakes.ts';

test('what was not prepared throws its name, what was prepared answers', async () => {
  const host = createFakeModelHost({ read: async () => [] });
  await expect(async () => host.embedder.embed(['text'])).rejects.toThrow(
    '"embed" was called but not prepared',
  );
  await expect(async () =>
    host.generator?.generate({ system: '', user: '' }, { maxTokens: 1 }),
  ).rejects.toThrow('"generate"');
  await expect(async () => host.verifier?.verify([])).rejects.toThrow('"verify"');
  await expect(host.reader.read('question', [])).resolves.toEqual([]);
  expect(createFakeModelHost({ withGenerator: false }).generator).toBeNull();
  expect(createFakeModelHost({ withVerifier: false }).verifier).toBeNull();
});
