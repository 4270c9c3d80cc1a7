/** Response header that names what a request asked for in vain. */
export const IGNORED_HEADER = 'x-answerbox-ignored-parameters';

const BY_ALL = ['model', 'messages', 'prompt', 'stream', 'stream_options', 'n'];
/** What each kind of model follows. */
const FOLLOWED = {
  path: [...BY_ALL, 'user', 'metadata', 'mode', 'conversation_id', 'citations'],
  // Greedy decoding gives the same text for every seed.
  generator: [...BY_ALL, 'max_tokens', 'max_completion_tokens', 'stop', 'seed'],
  embedder: ['model', 'input', 'encoding_format', 'dimensions', 'truncate'],
} as const;

/** Most names in the header; it has little room. */
const MOST_NAMES = 20;

/** Fields that are given and have no effect, for the header; '' when all have one. */
export function ignoredParameters(
  body: Readonly<Record<string, unknown>>,
  model: keyof typeof FOLLOWED,
): string {
  const followed: readonly string[] = FOLLOWED[model];
  return Object.entries(body)
    .filter(([name, value]) => value !== null && value !== undefined && !followed.includes(name))
    .filter(([name, value]) => !(name === 'temperature' && value === 0))
    .map(([name]) => name.replace(/[^\w.-]/g, '?').slice(0, 40))
    .slice(0, MOST_NAMES)
    .join(', ');
}
