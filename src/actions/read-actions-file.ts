import { readFile } from 'node:fs/promises';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { boundPattern } from '../understand/check-pattern.ts';
import { placesIn } from './fill-template.ts';
import { ACTIONS_FILE_SCHEMA, type HttpActionDefinition } from './http-action-definition.ts';

/**
 * The owner's HTTP actions; none when there is no file. All of the file or nothing of it.
 * @param path actions.json in the data folder
 * @throws actions_file_invalid with the place and what is needed there
 */
export async function readActionsFile(path: string): Promise<HttpActionDefinition[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new AnswerboxError('actions_file_invalid', { path, reason: reasonOf(error) }, error);
  }
  try {
    const definitions = parseDefinitions(text);
    checkNames(definitions);
    for (const definition of definitions) checkDefinition(definition);
    return definitions;
  } catch (error) {
    throw new AnswerboxError('actions_file_invalid', { path, reason: reasonOf(error) }, error);
  }
}

function parseDefinitions(text: string): HttpActionDefinition[] {
  const parsed: unknown = JSON.parse(text);
  if (Value.Check(ACTIONS_FILE_SCHEMA, parsed)) return parsed;
  const [first] = Value.Errors(ACTIONS_FILE_SCHEMA, parsed);
  throw new Error(first ? `${first.path || '/'}: ${first.message}` : 'it is not a list of actions');
}

function checkNames(definitions: readonly HttpActionDefinition[]): void {
  const names = new Set<string>();
  for (const { name } of definitions) {
    if (names.has(name)) throw new Error(`two actions are named "${name}"`);
    names.add(name);
  }
}

function checkDefinition(definition: HttpActionDefinition): void {
  const complain = (reason: string): never => {
    throw new Error(`action "${definition.name}": ${reason}`);
  };
  const { url, confirm, input, changes, allow_hosts: hosts, own_order: ownOrder } = definition;
  if (changes && confirm === undefined) complain('it changes something, so it needs "confirm"');
  for (const place of [...placesIn(url), ...placesIn(confirm ?? '')])
    if (!Object.hasOwn(input, place)) complain(`{${place}} is not a field of its input`);
  for (const place of placesIn(url))
    if (input[place]?.required !== true)
      complain(`the field "${place}" stands in the URL, so it must be required`);
  const target = parseUrl(url) ?? complain('its URL is not one');
  if (target.protocol !== 'https:' && target.protocol !== 'http:') complain('its URL must be http or https');
  if (target.username || target.password) complain('put credentials into "headers", not into the URL');
  if (placesIn(authorityOf(url)).length > 0) complain('its host must be fixed, without {places}');
  if (!hosts.includes(target.host)) complain(`the host ${target.host} is not in "allow_hosts"`);
  for (const [name, { pattern }] of Object.entries(input))
    if (pattern !== undefined) {
      const checked = boundPattern(pattern);
      if ('reason' in checked) complain(`the pattern of "${name}" cannot be used: ${checked.reason}`);
    }
  for (const pattern of definition.patterns ?? []) {
    const checked = boundPattern(pattern);
    if ('reason' in checked) complain(`the pattern "${pattern}" cannot be used: ${checked.reason}`);
  }
  if (ownOrder !== undefined && input[ownOrder]?.required !== true)
    complain(`"own_order" must name a required field, not "${ownOrder}"`);
  if (!areHeaders(definition.headers ?? {})) complain('a name or value in "headers" cannot be sent');
}

function parseUrl(template: string): URL | null {
  return URL.canParse(template) ? new URL(template) : null;
}

/** What stands between "//" and the path. */
function authorityOf(url: string): string {
  return /^[^/]*\/\/([^/?#]*)/.exec(url)?.[1] ?? url;
}

function areHeaders(headers: Record<string, string>): boolean {
  try {
    new Headers(headers);
    return true;
  } catch {
    return false;
  }
}
