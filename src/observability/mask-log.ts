import { AnswerboxError, ERROR_TABLE, type ErrorDetails } from '../errors.ts';

/**
 * What a log may hold: our own words, codes, numbers that count something, and where in the program it was. All that
 * a person wrote, and all that opens something, is masked here and nowhere else: `log-options.ts` and
 * `text-log.ts` hand every line to it.
 */

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Each reads a text once, without going back; the leftmost that fits wins, and what it took is not read again. */
const KINDS: readonly (readonly [name: string, pattern: string])[] = [
  // Of an address only the machine stays: paths and queries carry tokens, and what was asked.
  ['url', '[a-zA-Z][a-zA-Z0-9+.-]{1,15}://[^\\s"\'`<>“”«»]+'],
  ['route', '/(?:api/)?v\\d/[^\\s"\'`<>“”«»]+'],
  ['query', '\\?[\\w.%[\\]-]{1,64}=[^\\s"\'`<>“”«»]*'],
  // An id of a conversation lets its customer in: eight digits tell two lines apart.
  ['id', `(?<![\\w-])${ID}(?![\\w-])`],
  ['email', "[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){0,6}"],
  [
    'secret',
    '(?<=\\b(?:bearer|basic|token|password|secret|key|authorization|cookie)["\']?[=:]? ?["\']?)[\\w.~+/=-]{8,}',
  ],
  // Anything between quotation marks is a quotation. The apostrophe of "don't" opens none.
  ['quote', '"(?:[^"\\\\]|\\\\.)*"?|`[^`]*`?|“[^”]*”?|„[^“”]*[“”]?|«[^»]*»?|(?<![\\p{L}\\p{N}])\'[^\']*\'?'],
  [
    'counted',
    '(?<=_(?:ms|bytes|seconds): )\\d+|127\\.0\\.0\\.1(?::\\d{1,5})?(?!\\d)|(?<=localhost:|\\]:)\\d{1,5}(?!\\d)',
  ],
  ['day', '(?<![\\p{L}\\p{N}-])\\d{4}-\\d\\d-\\d\\d(?:T[\\d:.]+Z?)?(?![\\p{L}\\p{N}-])'],
  ['number', '(?<![\\p{L}\\p{N}])\\p{Lu}{0,6}[-_#]?\\+?\\(?\\d(?:[ ()/.-]{0,2}\\d){4,18}(?![\\p{L}\\p{N}])'],
  // Long, of letters and figures: a key, a hash, a session.
  ['random', '(?<![\\w-])(?=[\\w+-]*\\d)(?=[\\w+-]*\\p{L})[\\w+-]{20,}={0,2}'],
];
const MASKED = new RegExp(KINDS.map(([name, pattern]) => `(?<${name}>${pattern})`).join('|'), 'giu');

/** Shorter than this a text of a request is a word like any other; 2…8 characters. */
const LEAST_SAID = 3;
/** Characters of one log text; a longer one is cut before it is read. */
const MOST = 4_000;

/**
 * @param said texts of whoever the line is about (see {@link saidIn}): taken out wherever they stand, whole
 * @returns the text without addresses, numbers, tokens, quotations and what was said
 */
export function maskLog(text: string, said: readonly string[] = []): string {
  const cut = text.length > MOST ? `${text.slice(0, MOST)} …` : text;
  return (
    withoutSaid(cut, said)
      .replace(MASKED, (found, ...rest) => standIn(found, rest.at(-1) as Record<string, string | undefined>))
      .replace(/[\r\n\u2028\u2029]+/g, ' ')
      // eslint-disable-next-line no-control-regex -- what a terminal would obey
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
  );
}

function standIn(found: string, groups: Record<string, string | undefined>): string {
  const kind = KINDS.find(([name]) => groups[name] !== undefined)?.[0];
  switch (kind) {
    case 'counted':
    case 'day':
      return found;
    case 'id':
      return `${found.slice(0, 8)}…`;
    case 'url': {
      const [, scheme = '', host = ''] = /^([^:]+):\/\/(?:[^/?#@]*@)?([^/?#@]*)/.exec(found) ?? [];
      return found.endsWith(host) ? `${scheme}://${host}` : `${scheme}://${host}/[…]`;
    }
    case 'route':
      return `${/^\/(?:api\/)?v\d\/[a-z_-]{0,40}/.exec(found)?.[0] ?? ''}[…]`;
    case 'query':
      return '?[…]';
    default:
      return `[${kind === 'email' ? 'e-mail' : kind}]`;
  }
}

function withoutSaid(text: string, said: readonly string[]): string {
  // The longest first: of "Ada Quist" nothing may be left because "Ada" went before.
  let left = text;
  for (const one of [...said].sort((a, b) => b.length - a.length)) {
    left = left.replaceAll(one, '[said]');
  }
  return left;
}

/** Every text in a value of JSON, at any depth, and what their encodings look like. */
export function saidIn(...values: readonly unknown[]): string[] {
  const found = new Set<string>();
  const add = (text: string): void => {
    const trimmed = text.trim();
    if (trimmed.length < LEAST_SAID) return;
    for (const one of [
      trimmed,
      JSON.stringify(trimmed).slice(1, -1),
      encodeURIComponent(wellFormed(trimmed)),
    ])
      found.add(one);
  };
  const walk = (value: unknown, depth: number): void => {
    if (typeof value === 'string') add(value);
    else if (typeof value === 'object' && value !== null && depth < 16)
      for (const one of Object.values(value)) walk(one, depth + 1);
  };
  for (const value of values) walk(value, 0);
  return [...found];
}

const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Details of our own errors whose texts are about the machine and the owner's files, never a customer's words. */
const PLAIN_DETAILS = new Set(
  'class,expected,field,file,format,from,host,into,kind,mediaType,model,needed,path,permission,purpose,reason,role,state,status,version'.split(
    ',',
  ),
);

/** A failure as a log may hold it. */
export interface LoggedError {
  type: string;
  /** Ours, or that of the system or a library. */
  code?: string;
  message: string;
  /** Where it came from: places in the program alone, the innermost first. */
  at?: string[];
  cause?: LoggedError;
}

/** Places of a stack that are kept. */
const FRAMES = 12;
/** Causes of causes that are kept. */
const CAUSES = 4;

/** Nothing but what is listed in {@link LoggedError}: libraries hang whole requests onto their errors. */
export function logError(error: unknown, said: readonly string[] = [], depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: maskLog(String(error), said) };
  const { code } = error as { code?: unknown };
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.slice(7));
  return {
    type: maskLog(error.constructor.name || error.name, said),
    ...(typeof code === 'string' && /^[A-Za-z_]{1,60}$/.test(code) && { code }),
    message: messageOf(error, said),
    ...(at.length > 0 && { at }),
    ...(error.cause !== undefined && depth < CAUSES && { cause: logError(error.cause, said, depth + 1) }),
  };
}

/** The plain reason in an unknown failure, for a line of the log. */
export function logReason(error: unknown, said: readonly string[] = []): string {
  return error instanceof Error ? messageOf(error, said) : maskLog(String(error), said);
}

function messageOf(error: Error, said: readonly string[]): string {
  return error instanceof AnswerboxError ? ownMessage(error, said) : maskLog(error.message, said);
}

/** The sentence of the table is ours; what stands in its places may be anybody's. */
function ownMessage({ code, details }: AnswerboxError, said: readonly string[]): string {
  return ERROR_TABLE[code].message.replace(/\{(\w+)\}/g, (place, name: string) =>
    name in details ? ownDetail(name, details, said) : place,
  );
}

function ownDetail(name: string, details: ErrorDetails, said: readonly string[]): string {
  const value = details[name]!;
  if (typeof value === 'number') return String(value);
  return PLAIN_DETAILS.has(name) ? maskLog(value, said) : `[${name}]`;
}
