import { text } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { addUser, changeUser } from '../auth/manage-users.ts';
import { makeKey } from '../auth/make-key.ts';
import { MACHINE } from '../auth/principal.ts';
import { PERMISSIONS, type Permission } from '../auth/route-access.ts';
import type { Config } from '../config.ts';
import { openStaff, type Staff } from '../composition/open-staff.ts';
import { AnswerboxError } from '../errors.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import { ROLE_NAMES, type Role, type UserChange, type UserRecord } from '../stores/staff-contracts.ts';
import { runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** Short writes to the database: a running server sees them at its next request. */
async function withStaff<Result>(config: Config, work: (staff: Staff) => Promise<Result>): Promise<Result> {
  const database = openDatabase(resolve(config.data_dir, 'answerbox.sqlite'));
  try {
    return await work(openStaff(database));
  } finally {
    database.close();
  }
}

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
    .action((options: Common) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async (staff) => {
          const all = await staff.users.listUsers();
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
        withStaff(config, async ({ users: store, signIns, signIn }) => {
          const password = options.passwordStdin ? await readPassword() : undefined;
          const added = await addUser(
            MACHINE,
            { name: options.name, email, role: options.role, ...(password !== undefined && { password }) },
            { users: store, signIns, passwords: signIn.passwords },
          );
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

interface ChangeOptions {
  role?: Role;
  name?: string;
  disable?: boolean;
  enable?: boolean;
  passwordStdin?: boolean;
}

async function changeByEmail(email: string, options: ChangeOptions, staff: Staff): Promise<UserRecord> {
  const { users, signIns, signIn } = staff;
  const found = await users.findByEmail(email);
  if (!found) throw new AnswerboxError('user_not_found', { id: email });
  const change: UserChange & { password?: string } = {
    ...(options.role && { role: options.role }),
    ...(options.name && { name: options.name }),
    ...(options.disable && { disabled: true }),
    ...(options.enable && { disabled: false }),
    ...(options.passwordStdin && { password: await readPassword() }),
  };
  return changeUser(MACHINE, found.user.id, change, { users, signIns, passwords: signIn.passwords });
}

export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('API keys.');
  keys
    .command('list')
    .description('Keys of programs; never the keys themselves.')
    .option('--json', 'one JSON document')
    .action((options: Common) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ apiKeys }) => {
          const all = await apiKeys.list();
          if (options.json) return terminal.json({ keys: all });
          for (const { id, hint, name, permissions, expiresAt } of all)
            terminal.data(
              `${id}  ${hint}…  ${name}  ${permissions.join(' ')}  ${expiresAt === null ? 'never ends' : `until ${expiresAt}`}\n`,
            );
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
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox keys add shop --permissions programs.use knowledge.read --expires 2027-12-31\n',
    )
    .action((name: string, options: Common & { permissions: Permission[]; expires?: string }) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ apiKeys }) => {
          const { permissions, expires } = options;
          const wanted = { name, permissions, ...(expires !== undefined && { expiresAt: expires }) };
          const { plain, record } = await makeKey(MACHINE, wanted, apiKeys);
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
        withStaff(config, async ({ apiKeys }) => {
          if (!(await apiKeys.remove(id))) throw new AnswerboxError('key_not_found', { id });
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
