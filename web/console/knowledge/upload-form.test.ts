import { expect, it } from 'vitest';
import { NEW_SOURCE, saidOf } from './source-draft.ts';
import { uploadForm } from './upload-form.ts';

it('says whom files are for before the files, and nothing that nobody said', () => {
  const said = saidOf({ ...NEW_SOURCE, audience: ' staff ', category: '', pages: '7' });
  expect(said).toEqual({ audience: 'staff' });
  const form = uploadForm([{ file: new Blob(['Words.']), path: 'guides/a.md' }], said);
  expect([...form].map(([name]) => name)).toEqual(['audience', 'file']);
  expect(form.get('audience')).toBe('staff');
  expect((form.get('file') as File).name).toBe('guides/a.md');
});
