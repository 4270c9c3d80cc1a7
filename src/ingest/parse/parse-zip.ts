import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { BlockBuilder } from './block-builder.ts';
import type { ParseContext } from './parse-context.ts';
import type { Parsed } from './parsed.ts';
import { openArchive } from './read-archive.ts';

/** What operating systems leave in archives, and what nobody wants to read. */
const CLUTTER = /(?:^|\/)(?:__MACOSX\/|\.[^/]+$|\.[^./][^/]*\/|Thumbs\.db$|desktop\.ini$|node_modules\/)/i;

/** Each member becomes a document of its own; the archive itself is their list. When none can be read, it cannot. */
export async function parseZip(file: SourceFile, context: ParseContext): Promise<Parsed> {
  const { source } = file;
  const archive = openArchive(file, context);
  const members = archive.members.filter(({ name, isFolder }) => !isFolder && !CLUTTER.test(name));
  if (members.length === 0) throw new AnswerboxError('document_empty', { source });
  const failures: AnswerboxError[] = [];
  for (const member of members) {
    const name = member.name.replaceAll('\\', '/');
    try {
      if (!isPlainName(name))
        throw new AnswerboxError('document_member_name', { source: `${source}!/${shown(name)}` });
      const inside = { source: `${source}!/${name}`, name, bytes: archive.unpack(member) };
      await context.addPart(name, inside);
    } catch (error) {
      failures.push(context.asFailure(error));
    }
  }
  const [first] = failures;
  if (first && failures.length === members.length) throw first;
  for (const failure of failures) context.addProblem(failure);
  const listing = members.map(({ name }) => shown(name)).join('\n');
  return { builder: new BlockBuilder(), title: null, listing };
}

/** Relative, without '..', control characters or drive letters, and no longer than file systems take. */
function isPlainName(name: string): boolean {
  return (
    name.length <= 1024 &&
    !/^[/~]|^[a-z]:/i.test(name) &&
    !name.split('/').includes('..') &&
    !/[\p{Cc}\p{Cs}\ufffd\u202a-\u202e\u2066-\u2069]/u.test(name)
  );
}

function shown(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ').slice(0, 200);
}
