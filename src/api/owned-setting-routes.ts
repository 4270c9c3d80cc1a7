import { Type, type TSchema } from '@sinclair/typebox';
import type { App } from '../app.ts';
import type { AuditEntry } from '../stores/contracts.ts';
import { AnswerboxError } from '../errors.ts';
import { faultIn } from '../files/fault-in.ts';
import type { OwnedSetting } from '../files/owned-setting.ts';
import type { Server } from './build-server.ts';
import { principalOf } from './plugins/staff-access.ts';

/** A table of the owner's, as it goes over the wire. */
interface OwnedSettingRoutes<Value, Preview> {
  /** Under which it is read, set and reset; `/preview` tries it out. */
  path: `/api/v1/settings/${string}`;
  setting: () => OwnedSetting<Value>;
  /** Of what is sent. Its descriptions say what to do where something does not fit. */
  schema: TSchema;
  /** Of what is answered. */
  shown: TSchema;
  show: (value: Value) => unknown;
  /** What the schema cannot see, in words; null when all is well. */
  fault: (value: Value) => string | null;
  /** In the audit: what was done, and numbers of it, never words that somebody wrote. */
  action: string;
  detail: (value: Value) => AuditEntry['detail'];
  /** Besides the value, what the preview may be asked with. */
  asked: Record<string, TSchema>;
  previewed: TSchema;
  /** @param asked checked by {@link asked}; @param value as sent, else what is in force. */
  preview: (value: Value, asked: Record<string, unknown>) => Preview;
}

/** GET, PUT and DELETE of a table, and its preview. What is set holds at once, for everything from then on. */
export function addOwnedSettingRoutes<Value, Preview>(
  server: Server,
  app: App,
  routes: OwnedSettingRoutes<Value, Preview>,
): void {
  const { path, setting, schema, shown, action, detail } = routes;
  const response = {
    200: Type.Object({
      from: Type.String({ description: 'file, console or built in' }),
      file: Type.String({ description: 'of the data folder, that goes before the console where it is' }),
      read_only: Type.Boolean({ description: 'the file is there: it is changed there' }),
      value: shown,
    }),
  };
  const state = () => {
    const { from, file, value } = setting();
    return { from, file, read_only: from === 'file', value: routes.show(value) };
  };
  // Checked by hand: what does not fit is said in words, not by a pattern, and as it was sent.
  const checked = { validatorCompiler: () => (value: unknown) => ({ value }) };
  const read = (body: unknown): Value => {
    const fault = faultIn(schema, body) ?? routes.fault(body as Value);
    if (fault !== null) throw new AnswerboxError('request_invalid', { reason: fault });
    return body as Value;
  };

  server.get(path, { schema: { response } }, async () => state());

  server.put(path, { schema: { body: schema, response }, ...checked }, async (request) => {
    const value = read(request.body);
    await setting().set(value);
    await app.staff.audit(principalOf(request), action, detail(value));
    return state();
  });

  server.delete(path, { schema: { response } }, async (request) => {
    await setting().set(null);
    await app.staff.audit(principalOf(request), action, { from: 'built in' });
    return state();
  });

  const PREVIEW = Type.Object(
    { value: Type.Optional(schema), ...routes.asked },
    { additionalProperties: false, description: 'an object with what is to be tried' },
  );
  server.post(
    `${path}/preview`,
    { schema: { body: PREVIEW, response: { 200: routes.previewed } }, ...checked },
    async ({ body }) => {
      const fault = faultIn(PREVIEW, body);
      if (fault !== null) throw new AnswerboxError('request_invalid', { reason: fault });
      const { value, ...asked } = body as Record<string, unknown>;
      return routes.preview(value === undefined ? setting().value : read(value), asked);
    },
  );
}
