import { dirname, relative, resolve } from 'node:path';

/**
 * Which folder of src/ may import which. Default deny: a folder that is not in the list is refused,
 * and so is a new folder until it has a line here. Tests may import anything.
 *
 * `values` are imports that run; `types` may be imported with `import type` besides. `errors.ts` is
 * open to all but text. A folder may always import itself, but not another folder's adapters.
 */
const CONTRACTS = [
  'errors.ts',
  'inference/contracts.ts',
  'inference/picture-size.ts',
  'stores/contracts.ts',
  'stores/sentence-contracts.ts',
  'stores/catalogue-contracts.ts',
  'stores/job-contracts.ts',
  'stores/sync-contracts.ts',
  'stores/health-contracts.ts',
  'stores/disabled-contracts.ts',
  'stores/summary-contracts.ts',
  'stores/sentence-contracts.ts',
  'stores/picture-contracts.ts',
  'stores/upkeep-contracts.ts',
  'stores/memory-contracts.ts',
  'stores/staff-contracts.ts',
  'stores/attachment-contracts.ts',
  'stores/desk-contracts.ts',
  'stores/thread-contracts.ts',
  'stores/ticket-contracts.ts',
  'stores/customer-contracts.ts',
  'stores/outbox-contracts.ts',
  'stores/page-contracts.ts',
  'stores/cipher-contracts.ts',
  'stores/analytics-contracts.ts',
  'stores/backup-contracts.ts',
  'stores/privacy-contracts.ts',
  'sources/source-contracts.ts',
];
const SHAPES = [...CONTRACTS, 'config.ts', 'ingest/ingest-types.ts', 'answer/answer-types.ts'];

const LAYERS = {
  'errors.ts': { values: ['errors'], types: [] },
  // The table of errors, a file a subject; all others import errors.ts.
  errors: { values: [], types: [] },
  'config-schema.ts': { values: [], types: [] },
  'config.ts': { values: ['errors.ts', 'config-schema.ts'], types: [] },
  text: { values: [], types: SHAPES },
  // What every child process of ours needs: its file, and failures as plain data.
  processes: { values: ['errors.ts'], types: [] },
  // Writing a file so that nobody ever reads half of it; reading a file of the owner's.
  files: { values: ['errors.ts'], types: ['stores/contracts.ts'] },
  // The one gate that every connection to another machine passes.
  outbound: { values: ['errors.ts'], types: SHAPES },
  // Backups, and ways back from a damaged store.
  backup: { values: [...CONTRACTS, 'files'], types: SHAPES },
  // What works worse than it should, as /readyz tells it.
  faults: { values: ['errors.ts'], types: SHAPES },
  inference: { values: [...CONTRACTS, 'text', 'processes'], types: SHAPES },
  // The keys that values in the stores are sealed with.
  secrets: { values: [...CONTRACTS, 'files'], types: SHAPES },
  stores: { values: [...CONTRACTS, 'text'], types: SHAPES },
  ingest: { values: [...CONTRACTS, 'text', 'processes', 'config.ts', 'outbound'], types: SHAPES },
  // The provider that staff sign in with is the one thing that it asks elsewhere.
  auth: { values: [...CONTRACTS, 'text', 'config.ts', 'outbound'], types: SHAPES },
  // Due times and "when is someone back" are reckoned in the shop's hours.
  desk: {
    values: [
      ...CONTRACTS,
      'text',
      'messages',
      'files',
      'outbound',
      'shop/business-hours.ts',
      'shop/hours-profile.ts',
      'shop/hours-table.ts',
      'shop/zoned-time.ts',
    ],
    types: SHAPES,
  },
  // Proof of work and budgets of customers.
  abuse: { values: [...CONTRACTS, 'text'], types: SHAPES },
  // What staff and programs did, in a chain that shows every change.
  audit: { values: [...CONTRACTS], types: SHAPES },
  // What is held of a person, its export and its end; how long anything is kept.
  privacy: { values: [...CONTRACTS, 'text', 'files', 'audit'], types: SHAPES },
  admin: { values: [...CONTRACTS, 'text'], types: SHAPES },
  // Upkeep of the indexes in quiet hours.
  upkeep: { values: [...CONTRACTS, 'text'], types: SHAPES },
  // What is stale, doubled, contradicted, never found or missing in the documents.
  knowledge: { values: [...CONTRACTS, 'text'], types: SHAPES },
  // The owner's intents: fitting, classifying, their file.
  intents: { values: [...CONTRACTS, 'text', 'files'], types: SHAPES },
  // Finding and importing products and orders.
  catalogue: { values: [...CONTRACTS, 'text'], types: SHAPES },
  // Live facts: adapters of LiveSource, and who may see an order.
  sources: { values: [...CONTRACTS, 'text', 'outbound', 'processes'], types: SHAPES },
  // Language, entities, spelling, follow-ups: reading a question before anything is searched.
  understand: { values: [...CONTRACTS, 'text', 'files'], types: SHAPES },
  // Tools that the path may call: the contract, the owner's HTTP actions, confirming, the audit line.
  actions: { values: [...CONTRACTS, 'text', 'understand', 'outbound'], types: SHAPES },
  // What may reach a model as an instruction, and what may reach a customer.
  guard: { values: [...CONTRACTS, 'text', 'files', 'understand/check-pattern.ts'], types: SHAPES },
  // What the product says in its own words, a file a language.
  messages: { values: [...CONTRACTS, 'text'], types: SHAPES },
  answer: {
    values: [
      ...CONTRACTS,
      'text',
      'understand',
      'catalogue',
      'sources',
      'desk',
      'guard',
      'messages',
      'files',
    ],
    types: [...SHAPES, 'actions'],
  },
  shop: { values: [...CONTRACTS, 'text', 'files', 'ingest', 'catalogue', 'messages'], types: SHAPES },
  observability: { values: [...CONTRACTS, 'answer/answer-types.ts'], types: SHAPES },
  api: {
    values: [
      ...CONTRACTS,
      'text',
      'abuse',
      'messages',
      'ingest',
      'catalogue',
      'answer',
      'audit',
      'auth',
      'desk',
      'admin',
      'privacy',
      'knowledge',
      'observability',
      'faults',
      'files',
      'shop/hours-table.ts',
    ],
    // The composed app is handed to the routes; they know its type, never how it is made.
    types: [...SHAPES, 'shop', 'upkeep', 'knowledge', 'backup', 'app.ts'],
  },
  // The composition root, its parts, and the programs built on it.
  'app.ts': { values: ['*'], types: [] },
  composition: { values: ['*'], types: [] },
  'serve.ts': { values: ['*'], types: [] },
  'main.ts': { values: ['*'], types: [] },
  'cli.ts': { values: ['*'], types: [] },
  doctor: { values: ['*'], types: [] },
  cli: { values: ['*'], types: [] },
  evaluate: { values: ['*'], types: [] },
};

/** Native engines and files: outside the folder that holds them, only the composition may name them. */
const ADAPTERS = [
  'stores/sqlite',
  'stores/vectors',
  'stores/lmdb',
  'inference/model-client.ts',
  'inference/model-process.ts',
  'inference/generator-host.ts',
  'inference/llama-generator.ts',
  /^inference\/onnx-[\w-]+\.ts$/,
];
const ADAPTER_USERS = ['composition', 'cli', 'doctor', 'evaluate'];

/** What exists for tests alone. */
const TEST_SUPPORT = ['testing', 'inference/fakes.ts', /\.suite\.ts$/];
const TEST_FILE = /(^|\/)testing\/|\.(test|suite)\.tsx?$/;

function within(path, place) {
  if (place === '*') return true;
  if (place instanceof RegExp) return place.test(path);
  return path === place || path.startsWith(`${place}/`);
}

const withinAny = (path, places) => places.some((place) => within(path, place));
const topOf = (path) => path.split('/')[0];
/** 'stores/sqlite' of stores/sqlite/…, 'inference' of inference/…: each engine has a folder. */
const folderOfAdapter = (path) =>
  path
    .split('/')
    .slice(0, topOf(path) === 'stores' ? 2 : 1)
    .join('/');

/** Why `from` (a path in the repository) may not import `to`, or null when it may. */
function whyForbidden(from, to, typeOnly) {
  if (TEST_FILE.test(from)) return null;
  const [fromRoot, toRoot] = [topOf(from), topOf(to)];
  if (fromRoot === 'web') {
    const outside = toRoot === 'src' && !typeOnly;
    return outside ? 'web/ takes only types from src/: it runs in the browser' : null;
  }
  if (fromRoot !== 'src') return null;
  if (toRoot !== 'src') {
    return ['web', 'bench', 'scripts'].includes(toRoot) ? `src/ must run without ${toRoot}/` : null;
  }
  return whyForbiddenInSource(from.slice('src/'.length), to.slice('src/'.length), typeOnly);
}

function whyForbiddenInSource(from, to, typeOnly) {
  if (withinAny(to, TEST_SUPPORT)) return 'it exists for tests alone';
  if (withinAny(to, ADAPTERS)) {
    const own = folderOfAdapter(to) === folderOfAdapter(from);
    if (own || withinAny(from, ADAPTER_USERS)) return null;
    return `adapters are named only in src/${ADAPTER_USERS.join(', src/')}: take the contract instead`;
  }
  const layer = LAYERS[topOf(from)];
  if (layer === undefined) return `src/${topOf(from)} has no line in LAYERS (scripts/import-direction.js)`;
  if (topOf(from) === topOf(to) && from.includes('/')) return null;
  const allowed = typeOnly ? [...layer.values, ...layer.types] : layer.values;
  if (withinAny(to, allowed)) return null;
  const asType = !typeOnly && withinAny(to, layer.types) ? ' (except as `import type`)' : '';
  return `imports flow api → answer | ingest | desk | auth | admin → contracts${asType}`;
}

/** Every specifier of an import is a type: `import type …` or `import { type A, type B }`. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return specifiers.length > 0 && specifiers.every((one) => (one.importKind ?? one.exportKind) === 'type');
}

/** @param {string} root folder that holds src/, web/, bench/ */
export function importDirection(root) {
  return {
    meta: {
      type: 'problem',
      schema: [],
      messages: { forbidden: '{{from}} may not import {{to}}: {{reason}}.' },
    },
    create(context) {
      const from = relative(root, context.filename);
      function check(node, source, typeOnly) {
        if (typeof source !== 'string' || !source.startsWith('.')) return;
        const to = relative(root, resolve(dirname(context.filename), source));
        const reason = whyForbidden(from, to, typeOnly);
        if (reason !== null) context.report({ node, messageId: 'forbidden', data: { from, to, reason } });
      }
      return {
        ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
        ExportAllDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
        ExportNamedDeclaration: (node) => check(node, node.source?.value, isTypeOnly(node)),
        ImportExpression: (node) => check(node, node.source.value, false),
        TSImportType: (node) => check(node, (node.source ?? node.argument?.literal)?.value, true),
      };
    },
  };
}
