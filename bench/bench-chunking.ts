import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../src/config.ts';
import { modelsFolderOf } from '../src/composition/package-files.ts';
import { withEmbedder } from '../src/evaluate/with-embedder.ts';
import type { Embedder, TokenCounter } from '../src/inference/contracts.ts';
import { createTokenCounter } from '../src/inference/word-pieces.ts';
import { parseDocument } from '../src/ingest/parse/parse-document.ts';
import { passageText } from '../src/text/passage-text.ts';
import type { ParsedDocument } from '../src/ingest/ingest-types.ts';
import type { Bench, BenchRow } from './bench-types.ts';
import { CHUNKERS, type Piece } from './chunkers.ts';

const DEV = new URL(
  import.meta.url.endsWith('.ts') ? '../models/training/dev/' : '../../models/training/dev/',
  import.meta.url,
);

interface Section {
  handbook: number;
  start: number;
  end: number;
}

interface Question {
  q: string;
  doc_id: string;
  answers?: string[];
}

/** The dev sets' short articles as long handbooks, one a shop, so that how they are cut makes a difference. */
export const benchChunking: Bench = {
  name: 'chunking',
  about: 'chunks by structure, of fixed size and by similarity, on the dev sets joined into handbooks',
  run: async ({ quick, signal, say }) => {
    const { config } = loadConfig();
    const modelsDir = modelsFolderOf(config);
    const tokens = createTokenCounter(join(modelsDir, 'embedder', 'tokenizer.json'));
    const { handbooks, sections } = readHandbooks();
    const all = lines<Question>('retrieval.questions.jsonl');
    const questions = quick ? all.filter((_, index) => index % 5 === 0) : all;
    const rows = await withEmbedder(modelsDir, config, signal, async (embedder) => {
      const asked = await embedder.embed(
        questions.map(({ q }) => q),
        { signal },
      );
      const found: BenchRow[] = [];
      for (const [name, chunker] of Object.entries(CHUNKERS)) {
        say(`chunking: ${name}`);
        found.push({
          chunks: name,
          ...(await measure(chunker, { handbooks, sections, questions, asked, embedder, tokens, signal })),
        });
      }
      return found;
    });
    return {
      rows,
      notes: [
        `${handbooks.length} handbooks of 32 articles, ${questions.length} questions; a passage counts when it holds the gold answer, or half of the article that is asked for`,
        'vector search alone, every passage compared; one run, since it gives the same result every time',
      ],
    };
  },
};

interface Material {
  handbooks: readonly ParsedDocument[];
  sections: ReadonlyMap<string, Section>;
  questions: readonly Question[];
  asked: readonly Float32Array[];
  embedder: Embedder;
  tokens: TokenCounter;
  signal: AbortSignal;
}

async function measure(chunker: (typeof CHUNKERS)[string], material: Material): Promise<BenchRow> {
  const { handbooks, sections, questions, asked, embedder, tokens, signal } = material;
  const pieces: (Piece & { handbook: number })[] = [];
  for (const [handbook, document] of handbooks.entries())
    for (const piece of await chunker(document, tokens, embedder)) pieces.push({ ...piece, handbook });
  const vectors = await embedder.embed(pieces.map(passageText), { signal });
  const ranks = questions.map((question, index) => {
    const section = sections.get(question.doc_id)!;
    const order = vectors
      .map((vector, place) => ({
        place,
        score: vector.reduce((sum, value, at) => sum + value * asked[index]![at]!, 0),
      }))
      .sort((one, other) => other.score - one.score);
    return order.findIndex(({ place }) => isRight(pieces[place]!, section, question)) + 1;
  });
  const share = (limit: number): number =>
    round(ranks.filter((rank) => rank > 0 && rank <= limit).length / ranks.length);
  const tokensOf = pieces.reduce((sum, piece) => sum + tokens.countTokens(piece.text), 0) / pieces.length;
  return {
    passages: pieces.length,
    tokens: Math.round(tokensOf),
    'recall@1': share(1),
    'recall@5': share(5),
    'mrr@10': round(
      ranks.reduce((sum, rank) => sum + (rank > 0 && rank <= 10 ? 1 / rank : 0), 0) / ranks.length,
    ),
  };
}

function isRight(piece: Piece & { handbook: number }, section: Section, { answers = [] }: Question): boolean {
  if (piece.handbook !== section.handbook) return false;
  const shared = Math.min(piece.end, section.end) - Math.max(piece.start, section.start);
  if (shared <= 0) return false;
  const part = piece.text
    .slice(Math.max(0, section.start - piece.start), section.end - piece.start)
    .toLowerCase();
  return answers.length > 0
    ? answers.some((answer) => part.includes(answer.toLowerCase()))
    : shared >= (section.end - section.start) / 2;
}

function readHandbooks(): { handbooks: ParsedDocument[]; sections: Map<string, Section> } {
  const articles = lines<{ doc_id: string; title: string; text: string }>('retrieval.documents.jsonl');
  const shops = [...new Set(articles.map(({ doc_id: id }) => id.replace(/-\d+$/, '')))];
  const sections = new Map<string, Section>();
  const handbooks = shops.map((shop, handbook) => {
    const own = articles.filter(({ doc_id: id }) => id.startsWith(`${shop}-`));
    // Lines of an article are facts of their own: a list, as a handbook would have them.
    const body = own.map(
      ({ title, text }) =>
        `## ${title}\n\n${text
          .split('\n')
          .map((line) => (/^[-*] /.test(line) ? line : `- ${line}`))
          .join('\n')}`,
    );
    const markdown = `# Handbook ${shop}\n\n${body.join('\n\n')}\n`;
    const document = parseDocument({ source: shop, name: `${shop}.md`, bytes: Buffer.from(markdown) });
    own.forEach(({ doc_id: id, title }, index) => {
      const start = document.text.indexOf(
        `\n${title}\n`,
        index === 0 ? 0 : sections.get(own[index - 1]!.doc_id)!.start,
      );
      sections.set(id, { handbook, start, end: document.text.length });
      if (index > 0) sections.get(own[index - 1]!.doc_id)!.end = start;
    });
    return document;
  });
  return { handbooks, sections };
}

function lines<Line>(name: string): Line[] {
  const text = readFileSync(new URL(name, DEV), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
