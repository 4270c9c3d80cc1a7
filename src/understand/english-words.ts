import { readFile } from 'node:fs/promises';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { VOCABULARY } from './term-vocabulary.ts';

/**
 * Common English words: the whole words of the embedder's WordPiece vocabulary (about 20,000, taken from
 * running text, so misspellings are not among them). What is in it is never corrected.
 * @param path the embedder's `tokenizer.json`
 * @throws model_unusable
 */
export async function readEnglishWords(path: string): Promise<ReadonlySet<string>> {
  try {
    const { model } = JSON.parse(await readFile(path, 'utf8')) as {
      model: { vocab: Record<string, number> };
    };
    const words = Object.keys(model.vocab).filter((word) => /^[a-z]+$/.test(word));
    return new Set(words.filter((word) => word.length >= VOCABULARY.leastLetters - 1));
  } catch (error) {
    throw new AnswerboxError('model_unusable', { file: path, reason: reasonOf(error) }, error);
  }
}
