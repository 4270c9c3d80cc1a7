import type { Config } from '../config.ts';

/**
 * Everything that may connect to another machine, once somebody switches it on; as delivered nothing is. A test looks
 * for every connection in the source and fails on one that is not here; `README.md` beside this is made from it.
 */
export const OUTBOUND_PURPOSES = {
  crawl: {
    what: 'reading pages of sites',
    to: 'the sites that staff name; private addresses only with crawl_private_hosts',
    sends: 'the address of the page, ETag and date of the last visit',
    switchedOnBy: 'ingest URL, POST /api/v1/documents {"url"}, a followed site',
    files: ['ingest/crawl/fetch-page.ts', 'ingest/crawl/address-guard.ts'],
  },
  webhook: {
    what: 'telling your programs what happens at the desk',
    to: 'the addresses in POST /api/v1/webhooks; private ones only with webhook_hosts',
    sends: 'events of conversations and tickets, with the message, signed',
    switchedOnBy: 'a webhook',
    files: ['desk/send-webhook.ts', 'desk/webhook-target.ts'],
  },
  mail: {
    what: 'notices by mail',
    to: 'the server in smtp_url',
    sends: 'notices to staff and customers',
    switchedOnBy: 'smtp_url and mail_from',
    files: ['desk/send-mail.ts'],
  },
  'live source': {
    what: 'prices, stock, delivery, orders from a program of yours',
    to: 'the hosts in sources.json',
    sends: 'product codes and order numbers that customers ask about',
    switchedOnBy: 'an HTTP source in sources.json',
    files: ['sources/fetch-json.ts'],
  },
  action: {
    what: 'requests that customers cause by chat',
    to: 'the addresses in actions.json',
    sends: 'what the customer said yes to',
    switchedOnBy: 'an action in actions.json',
    files: ['actions/http-action.ts'],
  },
  'sign-in': {
    what: 'signing in elsewhere (OIDC)',
    to: 'the provider in oidc_issuer, and the hosts that it names; private addresses only where it is itself',
    sends: 'client id, its secret, one-time code and verifier, when somebody signs in',
    switchedOnBy: 'oidc_issuer',
    files: ['auth/oidc-fetch.ts', 'auth/oidc-provider.ts'],
  },
} as const satisfies Record<string, OutboundEntry>;

interface OutboundEntry {
  what: string;
  to: string;
  sends: string;
  switchedOnBy: string;
  /** Under src/. */
  files: readonly string[];
}

export type OutboundPurpose = keyof typeof OUTBOUND_PURPOSES;

/** What connects on this machine alone, or listens: never to another machine. */
export const LOCAL_CONNECTIONS: Readonly<Record<string, string>> = {
  'abuse/message-budgets.ts': 'tells the family of a visitor’s address; connects nothing',
  'cli/backend.ts': 'the command line asks the server of its data folder',
  'cli/remote-backend.ts': 'the same',
  'cli/control-fetch.ts': 'how it asks where that server speaks https',
  'api/read-tls.ts': 'tries the certificate files; connects nothing',
  'api/served-tls.ts': 'makes the secure context that the listening server answers with; connects nothing',
  'cli/backup-commands.ts': 'the same, for the bytes of a backup',
  'cli/open-catalogue.ts': 'the same, for imports',
  'doctor/check-caches.ts': 'doctor asks the server of its data folder',
  'doctor/check-load.ts': 'the same',
  'doctor/check-port.ts': 'tries whether the port is free: listens for a moment',
  'doctor/prove-egress.ts':
    'in a namespace without any network: one attempt on purpose, then questions to the server that it started',
  'doctor/watch-egress.ts': 'asks the server of its data folder a question while its sockets are watched',
  'outbound/outbound-switch.ts': 'holds the gate itself',
  'api/trusted-proxies.ts': 'compares addresses',
  'api/build-server.ts': 'types of requests and responses',
  'serve.ts': 'type of the address that is listened on',
};

/** Purposes that these settings alone switch on; the rest lies in the data folder and is named by doctor. */
export function settingsThatConnect(
  config: Pick<Config, 'smtp_url' | 'crawl_every_hours' | 'oidc_issuer'>,
): OutboundPurpose[] {
  const on: OutboundPurpose[] = [];
  if (config.smtp_url !== '') on.push('mail');
  if (config.crawl_every_hours > 0) on.push('crawl');
  if (config.oidc_issuer !== '') on.push('sign-in');
  return on;
}
