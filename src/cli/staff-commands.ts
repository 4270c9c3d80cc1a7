import { text } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addUser, changeUser } from '../auth/manage-users.ts';
import { makeKey } from '../auth/make-key.ts';
import { MACHINE } from '../auth/principal.ts';
import { PERMISSIONS, type Permission } from '../auth/route-access.ts';
import { AUTH } from '../auth/auth-settings.ts';
import { openStaff, type Staff } from '../composition/open-staff.ts';
import { AnswerboxError } from '../errors.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import {
  ROLE_NAMES,
  type ApiKeyRecord,
  type Role,
  type UserChange,
  type UserRecord,
} from '../stores/staff-contracts.ts';
import { wireApiKey, wireUser } from '../api/wire-staff.ts';
import { printCsv } from './print-csv.ts';
import { runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { withStaff } from './with-staff.ts';

interface Common {
  json?: boolean;
}

const PASSWORD_OPTION: [string, string] = ['--password-stdin', 'read the password from standard input'];

export function addUsersCommands(program: Command): void {
  const users = program.command('users').description('People who work at the desk.');
  users
    .command('list')
    .description('All of them.')
    .option('--json', 'one JSON document')
    .option('--csv', 'as CSV')
    .action((options: Common & { csv?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const all = await staff.users.listUsers();
          if (options.csv) return printCsv(all.map(wireUser), terminal);
          if (options.json) return terminal.json({ users: all });
          for (const user of all) showUser(user, terminal);
        }),
      ),
    );
  users
    .command('add <email>')
    .description('Adds somebody; without a password they cannot sign in yet.')
    .requiredOption('--name <name>', 'name, as customers see it')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLE_NAMES).default('agent'))
    .option(...PASSWORD_OPTION)
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox users add ada@example.com --name Ada --role admin --password-stdin < secret.txt\n',
    )
    .action((email: string, options: Common & { name: string; role: Role; passwordStdin?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ users: store, signIns, signIn, roles, audit }) => {
          const password = options.passwordStdin ? await readPassword() : undefined;
          const added = await addUser(
            MACHINE,
            { name: options.name, email, role: options.role, ...(password !== undefined && { password }) },
            { users: store, signIns, roles, passwords: signIn.passwords, pauses: signIn.pauses },
          );
          await audit(MACHINE, 'users add', { role: added.role });
          if (options.json) terminal.json(added);
          else showUser(added, terminal);
        }),
      ),
    );
  users
    .command('change <email>')
    .description('Changes role or password, disables or enables; the person is signed out everywhere.')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLE_NAMES))
    .option('--name <name>', 'name, as customers see it')
    .option('--disable', 'they can no longer sign in')
    .option('--enable', 'they can again')
    .option(...PASSWORD_OPTION)
    .option('--json', 'one JSON document')
    .action((email: string, options: Common & ChangeOptions) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const changed = await changeByEmail(email, options, staff);
          if (options.json) terminal.json(changed);
          else showUser(changed, terminal);
        }),
      ),
    );
  users
    .command('sessions <email>')
    .description('Where somebody is signed in; --end signs them out everywhere.')
    .option('--end', 'end all of them')
    .option('--json', 'one JSON document')
    .action((email: string, options: Common & { end?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const { id } = await userByEmail(email, staff);
          const sessions = await staff.signIns.list(id, { at: Date.now(), idleSeconds: AUTH.idleSeconds });
          const ended = options.end ? await staff.signIns.endAll(id) : 0;
          if (options.end)
            await staff.audit(MACHINE, 'users sessions --end', {
              about: await staff.pseudonyms.of(id),
              ended,
            });
          if (options.json) return terminal.json({ sessions, ended });
          for (const { createdAt, lastSeenAt, address, userAgent } of sessions)
            terminal.data(`since ${createdAt}  seen ${lastSeenAt}  ${address}  ${userAgent}\n`);
          if (options.end) terminal.data(`${ended} ended\n`);
        }),
      ),
    );
  users
    .command('reset-second-factor <email>')
    .description('For who lost device and codes: they sign in with the password alone and set up another.')
    .option('--json', 'one JSON document')
    .action((email: string, options: Common) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const { id } = await userByEmail(email, staff);
          const removed = await staff.signIn.secondFactors.remove(id);
          await staff.signIns.endAll(id);
          const about = await staff.pseudonyms.of(id);
          await staff.audit(MACHINE, 'users reset-second-factor', { about, removed });
          if (options.json) terminal.json({ removed });
          else terminal.data(removed ? 'removed\n' : 'there was none\n');
        }),
      ),
    );
  users
    .command('unlock <email>')
    .description('Ends the pause after wrong passwords, whoever tried them.')
    .action((email: string) =>
      runCommand({}, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const user = await userByEmail(email, staff);
          await staff.signIn.pauses.clear(user.email);
          await staff.audit(MACHINE, 'users unlock', { about: await staff.pseudonyms.of(user.id) });
          terminal.data('unlocked\n');
        }),
      ),
    );
  addBindCommands(users);
  users
    .command('setup-code')
    .description('Makes a new code for the first user; the old one is void.')
    .action(() =>
      runCommand({}, async ({ config, terminal }) =>
        withStaff(config, async ({ users: store, signIn }) => {
          if ((await store.countUsers()) > 0) throw new AnswerboxError('setup_done');
          terminal.data(`${await signIn.setupCode.make()}\n`);
        }),
      ),
    );
}

/** Which account of the identity provider is whose, where the owner does not let addresses decide. */
function addBindCommands(users: Command): void {
  users
    .command('bind <email> <subject>')
    .description(
      'Lets somebody sign in with their account at the identity provider: its "sub", which never changes.',
    )
    .action((email: string, subject: string) =>
      runCommand({}, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          if (config.oidc_issuer === '') throw new AnswerboxError('oidc_off');
          const { id } = await userByEmail(email, staff);
          await staff.identities.bind(id, new URL(config.oidc_issuer).href, subject);
          await staff.audit(MACHINE, 'users bind', { about: await staff.pseudonyms.of(id) });
          terminal.data('bound\n');
        }),
      ),
    );
  users
    .command('unbind <email>')
    .description('Takes that away again and ends all their sessions.')
    .action((email: string) =>
      runCommand({}, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const { id } = await userByEmail(email, staff);
          const removed = await staff.identities.unbind(id);
          await staff.signIns.endAll(id);
          await staff.audit(MACHINE, 'users unbind', { about: await staff.pseudonyms.of(id), removed });
          terminal.data(removed ? 'removed\n' : 'there was none\n');
        }),
      ),
    );
}

/** @throws user_not_found */
async function userByEmail(email: string, { users }: Staff): Promise<UserRecord> {
  const found = await users.findByEmail(email);
  if (!found) throw new AnswerboxError('user_not_found', { id: email });
  return found.user;
}

interface ChangeOptions {
  role?: Role;
  name?: string;
  disable?: boolean;
  enable?: boolean;
  passwordStdin?: boolean;
}

async function changeByEmail(email: string, options: ChangeOptions, staff: Staff): Promise<UserRecord> {
  const { users, signIns, signIn, roles } = staff;
  const found = await userByEmail(email, staff);
  const change: UserChange & { password?: string } = {
    ...(options.role && { role: options.role }),
    ...(options.name && { name: options.name }),
    ...(options.disable && { disabled: true }),
    ...(options.enable && { disabled: false }),
    ...(options.passwordStdin && { password: await readPassword() }),
  };
  const tools = { users, signIns, roles, passwords: signIn.passwords, pauses: signIn.pauses };
  const changed = await changeUser(MACHINE, found.id, change, tools);
  const fields = Object.keys(change).join(' ');
  await staff.audit(MACHINE, 'users change', { about: await staff.pseudonyms.of(changed.id), fields });
  return changed;
}

interface NewKeyOptions extends Common {
  permissions: Permission[];
  expires?: string;
  requestsPerMinute?: number;
}

function readRate(text: string): number {
  const rate = Number(text);
  if (!Number.isInteger(rate) || rate < 1 || rate > 1_000_000)
    throw new InvalidArgumentError('It is a whole number from 1 to 1000000.');
  return rate;
}

function showKey(
  { id, hint, name, permissions, expiresAt, requestsPerMinute }: ApiKeyRecord,
  usual: number,
  terminal: Terminal,
): void {
  const end = expiresAt === null ? 'never ends' : `until ${expiresAt}`;
  const limit = requestsPerMinute ?? usual;
  const rate = limit === 0 ? 'any number of requests' : `${limit} requests a minute`;
  terminal.data(`${id}  ${hint}…  ${name}  ${permissions.join(' ')}  ${end}  ${rate}\n`);
}

export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('API keys.');
  keys
    .command('list')
    .description('Keys of programs; never the keys themselves.')
    .option('--json', 'one JSON document')
    .option('--csv', 'as CSV')
    .action((options: Common & { csv?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ apiKeys }) => {
          const all = await apiKeys.list();
          if (options.csv) return printCsv(all.map(wireApiKey), terminal);
          if (options.json) return terminal.json({ keys: all });
          for (const key of all) showKey(key, config.key_requests_per_minute, terminal);
        }),
      ),
    );
  keys
    .command('add <name>')
    .description('Makes a key for a program, shown this once.')
    .addOption(
      new Option('--permissions <permission...>', 'what it may do')
        .choices(PERMISSIONS)
        .makeOptionMandatory(),
    )
    .option('--expires <time>', 'ISO 8601; never without')
    .option(
      '--requests-per-minute <number>',
      'further ones are refused; without, as the setting says',
      readRate,
    )
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox keys add shop --permissions programs.use knowledge.read --expires 2027-12-31\n',
    )
    .action((name: string, options: NewKeyOptions) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ apiKeys, audit }) => {
          const { permissions, expires, requestsPerMinute } = options;
          const wanted = {
            name,
            permissions,
            ...(expires !== undefined && { expiresAt: expires }),
            ...(requestsPerMinute !== undefined && { requestsPerMinute }),
          };
          const { plain, record } = await makeKey(MACHINE, wanted, apiKeys);
          await audit(MACHINE, 'keys add', { key: record.id, permissions: permissions.join(' ') });
          if (options.json) terminal.json({ ...record, key: plain });
          else terminal.data(`${plain}\n`);
        }),
      ),
    );
  keys
    .command('remove <id>')
    .description('The key is void at once.')
    .action((id: string) =>
      runCommand({}, async ({ config, terminal }) =>
        withStaff(config, async ({ apiKeys, audit }) => {
          if (!(await apiKeys.remove(id))) throw new AnswerboxError('key_not_found', { id });
          await audit(MACHINE, 'keys remove', { key: id });
          terminal.data('removed\n');
        }),
      ),
    );
  addResetCommand(keys);
}

function addResetCommand(keys: Command): void {
  keys
    .command('reset')
    .description('Makes a new admin key; the old one is void at once.')
    .option('--yes', 'do it without asking')
    .addHelpText('before', 'Examples:\n  answerbox keys reset --yes\n')
    .action((options: { yes?: boolean }) =>
      runCommand({}, async ({ config, terminal }) => {
        if (!options.yes)
          throw new AnswerboxError('usage', { reason: 'The old admin key will be void. Say so with --yes.' });
        const database = openDatabase(resolve(config.data_dir, 'answerbox.sqlite'));
        try {
          terminal.data(`${await createSqliteKeyStore(database).resetAdminKey()}\n`);
          await openStaff(database).audit(MACHINE, 'keys reset', {});
        } finally {
          database.close();
        }
      }),
    );
}

/** The first line: an editor or echo adds an end to it. */
async function readPassword(): Promise<string> {
  return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
}

function showUser({ id, email, name, role, disabled }: UserRecord, terminal: Terminal): void {
  terminal.data(`${id}  ${email}  ${name}  ${role}${disabled ? '  disabled' : ''}\n`);
}
