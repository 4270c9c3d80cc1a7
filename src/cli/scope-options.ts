import type { Command } from 'commander';
import type { GivenScope } from '../ingest/ingest-types.ts';
import { readScope } from '../ingest/read-scope.ts';
import type { DocumentFilter } from '../stores/contracts.ts';

export interface ScopeOptions {
  category?: string;
  language?: string;
  audience?: string;
  validFrom?: string;
  validUntil?: string;
}

/** For commands that store documents; an empty value takes back what was given before. */
export function addScopeOptions(command: Command): Command {
  return command
    .option('--category <word>', 'what the documents are about, to filter by')
    .option('--language <code>', 'their language, such as "en"')
    .option('--audience <word>', '"public", or who may read them, such as "staff": customers never see those')
    .option('--valid-from <date>', 'first day on which they hold, such as 2026-12-01')
    .option('--valid-until <date>', 'last day on which they hold');
}

/** @throws document_scope_invalid, before any file is read */
export function scopeOf(options: ScopeOptions): GivenScope {
  const { category, language, audience, validFrom, validUntil } = options;
  const said = { category, language, audience, valid_from: validFrom, valid_until: validUntil };
  const given = Object.fromEntries(
    Object.entries(said).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, value === '' ? null : value]],
    ),
  ) as GivenScope;
  readScope(given, {}, { source: 'The option' });
  return given;
}

export interface FilterOptions {
  category?: string[];
  language?: string[];
  audience?: string[];
  source?: string[];
}

/** For commands that read documents. */
export function addFilterOptions(command: Command, everyAudience: string): Command {
  return command
    .option('--category <word...>', 'only documents of these categories')
    .option('--language <code...>', 'only documents in these languages, or that name none')
    .option('--audience <word...>', `only documents for these audiences (default: ${everyAudience})`);
}

export function filterOf({ category, language, audience, source }: FilterOptions): DocumentFilter {
  return {
    ...(category && { categories: lowerCase(category) }),
    ...(language && { languages: lowerCase(language) }),
    ...(audience && { audiences: lowerCase(audience) }),
    ...(source && {
      collections: source.map((id) => (/^(?:demo|documents)$/.test(id) ? id : `source:${id}`)),
    }),
  };
}

const lowerCase = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());
