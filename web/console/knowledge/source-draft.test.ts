import { expect, it } from 'vitest';
import type { KnowledgeSource } from '../api/knowledge-types.ts';
import { changesOf, draftOf, NEW_SOURCE } from './source-draft.ts';

const SOURCE: KnowledgeSource = {
  id: 'a',
  kind: 'site',
  address: 'https://shop.example/',
  depth: 3,
  pages: 50,
  include: ['/help/**', '/faq'],
  exclude: [],
  every_hours: 24,
  category: null,
  language: 'de',
  audience: 'staff',
  valid_from: null,
  valid_until: null,
  owner: null,
  documents: 4,
  left_out: 0,
  last_job_id: null,
  created_at: '',
  started_at: null,
  finished_at: null,
  next_at: null,
};

it('sends what differs alone: patterns a line, an emptied field as null', () => {
  const before = draftOf(SOURCE);
  expect(changesOf(before, before)).toEqual({});
  const now = {
    ...before,
    include: '/help/** \n\n',
    exclude: '/old/*',
    every_hours: '',
    language: ' ',
    depth: '4',
  };
  expect(changesOf(before, now)).toEqual({
    include: ['/help/**'],
    exclude: ['/old/*'],
    every_hours: null,
    language: null,
    depth: 4,
  });
  expect(changesOf(NEW_SOURCE, { ...NEW_SOURCE, owner: 'Ada', pages: '9' })).toEqual({
    owner: 'Ada',
    pages: 9,
  });
});
