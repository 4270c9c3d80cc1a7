import { Type, type Static } from '@sinclair/typebox';

/**
 * Every setting: type, default, unit and range. One schema is the type, the check and the text of
 * `answerbox config --explain`. Parsed once at start, frozen, handed down; nothing else reads the environment.
 */
export const CONFIG_SCHEMA = Type.Object(
  {
    host: Type.String({ default: '127.0.0.1', minLength: 1, description: 'address to listen on' }),
    port: Type.Integer({
      default: 8080,
      minimum: 0,
      maximum: 65535,
      description: 'TCP port; 0 takes a free one',
    }),
    tls_cert_file: Type.String({
      default: '',
      description:
        'PEM file with the certificate, and under it those that vouch for it, to serve https by itself; needs tls_key_file; read at the start, then each minute and at SIGHUP: a new one is served without a restart; empty: http, for this machine or behind a proxy',
    }),
    tls_key_file: Type.String({
      default: '',
      description: 'PEM file with the private key of that certificate, without a password',
    }),
    data_dir: Type.String({
      default: './data/runtime',
      minLength: 1,
      description: 'folder that holds everything a run writes',
    }),
    models_dir: Type.String({
      default: '',
      description: 'folder with manifest.json; empty means the built-in models',
    }),
    demo: Type.Boolean({ default: true, description: 'load the demo shop at the first start' }),
    generator: Type.Union([Type.Literal('builtin'), Type.Literal('none')], {
      default: 'builtin',
      description: 'builtin, or none: answers are then always extractive',
    }),
    threads: Type.Integer({
      default: 0,
      minimum: 0,
      maximum: 64,
      description: 'threads for models; 0 means all cores',
    }),
    max_waiting_questions: Type.Integer({
      default: 32,
      minimum: 1,
      maximum: 1000,
      description: 'questions that may wait before 503',
    }),
    max_question_characters: Type.Integer({
      default: 4000,
      minimum: 100,
      maximum: 100_000,
      description: 'longest question, characters',
    }),
    max_document_bytes: Type.Integer({
      default: 20_000_000,
      minimum: 1000,
      maximum: 1_000_000_000,
      description: 'largest document, bytes',
    }),
    max_request_bytes: Type.Integer({
      default: 64_000_000,
      minimum: 10_000,
      maximum: 2_000_000_000,
      description: 'largest upload request, bytes',
    }),
    generate_timeout_ms: Type.Integer({
      default: 20_000,
      minimum: 100,
      maximum: 600_000,
      description:
        'time limit of all that is generated for one part of a question, ms; then its answer is extractive, so that nobody waits longer',
    }),
    max_answer_tokens: Type.Integer({
      default: 120,
      minimum: 16,
      maximum: 2048,
      description:
        'tokens of an answer by the built-in generator at most; most take 20 to 60, and what goes on for longer repeats itself',
    }),
    regenerate_sentences: Type.Boolean({
      default: false,
      description:
        'a sentence that its evidence does not hold is written once more from one passage alone, within the same time; false: the documents’ own sentence takes its place',
    }),
    large_generator: Type.String({
      default: '',
      description:
        'path of a second, larger generator (GGUF), which writes what is complex; the built-in one stands in for it; empty: none',
    }),
    large_generator_template: Type.String({
      default: 'instruct',
      pattern: '^[\\w-]{1,64}$',
      description: 'its prompt template: a file of data/prompts, or of prompts/ in the data folder',
    }),
    large_generator_context: Type.Integer({
      default: 4096,
      minimum: 1024,
      maximum: 131_072,
      description:
        'tokens of its prompt and answer together; memory grows with them, and a model trained on fewer takes those',
    }),
    large_generator_answer_tokens: Type.Integer({
      default: 300,
      minimum: 16,
      maximum: 4096,
      description: 'tokens of an answer by it at most; four sentences take 100 to 200',
    }),
    large_generator_patience_ms: Type.Integer({
      default: 8000,
      minimum: 100,
      maximum: 600_000,
      description:
        'time to its first sentence, ms; then the built-in generator writes instead, so that nobody waits for a slow one',
    }),
    live_facts_ms: Type.Integer({
      default: 1500,
      minimum: 50,
      maximum: 60_000,
      description: 'time that prices, stock and orders may take to be read, ms; then the answer says so',
    }),
    identity_secret: Type.String({
      default: '',
      description:
        'key (32 bytes or more) of the HS256 tokens with which your shop vouches for customers; empty: none are taken',
    }),
    require_second_factor: Type.Boolean({
      default: false,
      description: 'staff can do nothing before they have set up a second factor (a one-time code app)',
    }),
    oidc_issuer: Type.String({
      default: '',
      pattern: '^$|^https?://\\S+$',
      description:
        'identity provider (OpenID Connect) that staff may sign in with, such as https://login.example.com/realms/shop; http on this machine alone; needs public_url; empty: none',
    }),
    oidc_client_id: Type.String({ default: '', description: 'what the provider knows this server as' }),
    oidc_client_secret_file: Type.String({
      default: '',
      description: 'file with the secret that the provider gave for it; empty: none, PKCE alone',
    }),
    oidc_name: Type.String({
      default: 'your company account',
      minLength: 1,
      maxLength: 60,
      description: 'what the button says: “Sign in with …”',
    }),
    oidc_scopes: Type.String({
      default: 'openid email profile',
      pattern: '(^| )openid( |$)',
      description: 'scopes that are asked for, separated by spaces',
    }),
    oidc_domains: Type.String({
      default: '',
      description:
        'domains of e-mail addresses that may sign in so, such as example.com, separated by commas; empty: any that has an account',
    }),
    oidc_link_by_email: Type.Boolean({
      default: false,
      description:
        'an account that has the same address, which the provider says it has verified, is bound to the provider’s at the first sign-in; false: "answerbox users bind" does it',
    }),
    oidc_provision: Type.Boolean({
      default: false,
      description:
        'whoever the provider knows gets an account at the first sign-in, a viewer unless oidc_roles says otherwise',
    }),
    oidc_role_claim: Type.String({
      default: '',
      maxLength: 100,
      description: 'claim that holds the groups of a person, such as groups; empty: roles are given here',
    }),
    oidc_roles: Type.Record(
      Type.String(),
      Type.Union(['viewer', 'agent', 'admin', 'owner'].map((role) => Type.Literal(role))),
      {
        default: {},
        title: 'an object of roles, as {"support-leads": "admin"}',
        description:
          'the role of each such group; the highest counts at every sign-in, and whoever has none may not sign in so',
      },
    ),
    oidc_second_factor: Type.Boolean({
      default: false,
      description:
        'the provider asks for a second factor itself: ours is not asked for then, and require_second_factor is met',
    }),
    public_url: Type.String({
      default: '',
      pattern: '^$|^https?://[^/]+$',
      description:
        'address under which people reach this server, such as https://help.example.com; https makes cookies secure',
    }),
    handover_rules: Type.Boolean({
      default: true,
      description: 'hand conversations over by the table of rules (handover-rules.json), besides on request',
    }),
    webhook_hosts: Type.String({
      default: '',
      description:
        'hosts of private networks that webhooks may call, separated by spaces, such as crm.lan:8443',
    }),
    smtp_url: Type.String({
      default: '',
      pattern: '^$|^smtps?://\\S+$',
      description:
        'mail server for notices, such as smtps://name:password@mail.example.com; empty: no mail is sent',
    }),
    mail_from: Type.String({
      default: '',
      description: 'address that notices come from; needed with smtp_url',
    }),
    trusted_proxies: Type.String({
      default: '',
      description:
        'addresses or networks (10.0.0.0/8) of your own proxies, separated by commas, whose X-Forwarded-For is believed; empty: none',
    }),
    proof_of_work_bits: Type.Integer({
      default: 0,
      minimum: 0,
      maximum: 24,
      description:
        'zero bits of the proof of work with which an anonymous visitor begins a conversation; 16 take a browser about a second, each more doubles that; 0: none',
    }),
    visitor_messages_per_hour: Type.Integer({
      default: 120,
      minimum: 0,
      maximum: 100_000,
      description: 'messages and files of one visitor an hour, a quarter of them at once; 0: any number',
    }),
    address_messages_per_hour: Type.Integer({
      default: 1200,
      minimum: 0,
      maximum: 1_000_000,
      description:
        'the same for one network address, which many visitors may share; needs trusted_proxies behind a proxy; 0: any number',
    }),
    address_streams: Type.Integer({
      default: 200,
      minimum: 0,
      maximum: 100_000,
      description: 'conversations that may be open live at once from one network address; 0: any number',
    }),
    key_requests_per_minute: Type.Integer({
      default: 6000,
      minimum: 0,
      maximum: 1_000_000,
      description:
        'requests of one API key a minute, where the key was made without a number of its own; the admin key has none; 0: any number',
    }),
    max_attachment_bytes: Type.Integer({
      default: 10_000_000,
      minimum: 0,
      maximum: 100_000_000,
      description: 'largest file that a customer may send, bytes; 0: none are taken',
    }),
    stored_answers: Type.Boolean({
      default: true,
      description: 'serve an answer again while everything that it rests on is unchanged',
    }),
    watch_folders: Type.String({
      default: '',
      description: 'folders whose documents follow their files, paths separated by commas; empty: none',
    }),
    crawl_every_hours: Type.Integer({
      default: 0,
      minimum: 0,
      maximum: 8760,
      description: 'hours between two visits of a site that has no interval of its own; 0: only when asked',
    }),
    crawl_private_hosts: Type.String({
      default: '',
      description:
        'hosts of your own network that may be crawled, as "wiki.internal" or "10.0.0.5:8080", separated by commas; all other private addresses are refused',
    }),
    quiet_hours: Type.String({
      default: '02-05',
      pattern: '^(?:\\d{2}-\\d{2})?$',
      description:
        'hours of the day, in the shop’s zone, for upkeep of the indexes, as "02-05"; empty: by hand only',
    }),
    most_wrong_answers: Type.Number({
      default: 0,
      minimum: 0,
      maximum: 0.5,
      description:
        'most wrong ones among answers given without a caveat, 0.02 is 2 %; 0 takes the thresholds as fitted ("answerbox eval preview" shows what each does)',
    }),
    most_wrong_answers_by_intent: Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 0.5 }), {
      default: {},
      description: 'other such rates for some intents, as {"payment": 0.01}',
    }),
    answers_with_caveat: Type.Boolean({
      default: true,
      description: 'give less sure answers with a caveat; false: decline or hand over instead',
    }),
    trace_days: Type.Integer({
      default: 30,
      minimum: 0,
      maximum: 3650,
      description: 'days for which it is kept how an answer came about; 0 keeps nothing',
    }),
    message_days: Type.Integer({
      default: 30,
      minimum: 0,
      maximum: 36_500,
      description:
        'days after its last message for which a conversation without a ticket is kept; 0: for ever',
    }),
    anonymise_days: Type.Integer({
      default: 7,
      minimum: 0,
      maximum: 36_500,
      description:
        'days after which such a conversation is kept without who wrote it, addresses and numbers; 0: never',
    }),
    ticket_days: Type.Integer({
      default: 365,
      minimum: 0,
      maximum: 36_500,
      description: 'days for which a ticket that is done is kept, with its conversations; 0: for ever',
    }),
    customer_days: Type.Integer({
      default: 730,
      minimum: 0,
      maximum: 36_500,
      description:
        'days since their last conversation, ticket, order, consent or change for which a customer is kept, with what is remembered of them; 0: for ever',
    }),
    audit_days: Type.Integer({
      default: 730,
      minimum: 0,
      maximum: 36_500,
      description: 'days for which lines of the audit are kept; 0: for ever',
    }),
    trace_megabytes: Type.Integer({
      default: 200,
      minimum: 1,
      maximum: 100_000,
      description: 'room for that, megabytes; the oldest go first',
    }),
    metrics: Type.Union([Type.Literal('local'), Type.Literal('key'), Type.Literal('open')], {
      default: 'local',
      description:
        'who may read /metrics: local (programs on this machine, others with a key), key, or open to all',
    }),
    api_docs: Type.Union([Type.Literal('open'), Type.Literal('key')], {
      default: 'open',
      description: 'who may read /docs: open to all, or key',
    }),
    allowed_origins: Type.String({
      default: '',
      description:
        'origins of your sites (https://www.example.com) whose pages may use the chat, by widget or WebSocket, separated by commas; *: any; empty: this server’s own pages alone',
    }),
    offline: Type.Boolean({
      default: false,
      description:
        'master switch: nothing connects to any other machine, whatever else is set (crawls, webhooks, mail, live sources, actions, sign-in elsewhere)',
    }),
    backup_every_hours: Type.Integer({
      default: 0,
      minimum: 0,
      maximum: 8760,
      description: 'hours between two backups that the server makes by itself; 0: only when asked',
    }),
    backup_keep: Type.Integer({
      default: 7,
      minimum: 1,
      maximum: 1000,
      description: 'how many of those are kept; the oldest goes when a new one has been read back whole',
    }),
    backup_dir: Type.String({
      default: '',
      description:
        'folder for them, better on another disk; empty: backups/ in the data folder, which helps against damage, not against a dead disk',
    }),
    backup_key_file: Type.String({
      default: '',
      description:
        'file that holds the key (20 characters or more) that backups are encrypted with; empty: not encrypted',
    }),
    backup_secrets_key: Type.Boolean({
      default: false,
      description:
        'backups that are not encrypted hold the key of the secrets too (secrets.key), and so the secrets in plain sight; encrypted ones always do',
    }),
    encryption_key: Type.String({
      default: '',
      description:
        'key (32 bytes in base64 or hex) that secrets, customers’ files and traces are encrypted with in the database; better in encryption_key_file',
    }),
    encryption_key_file: Type.String({
      default: '',
      description:
        'file outside the data folder with that key, and under it older ones, a line each; empty: secrets alone, by a key beside the data (secrets.key)',
    }),
    log_level: Type.Union(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
      { default: 'info', description: 'fatal, error, warn, info, debug, trace or silent' },
    ),
  },
  { additionalProperties: false },
);

export type Config = Readonly<Static<typeof CONFIG_SCHEMA>>;
