import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { servedModels } from '../openai/served-models.ts';
import { SERVED_MODEL, SERVED_MODELS } from '../schemas/openai-schema.ts';

const NAME_PARAMETERS = Type.Object({ model: Type.String({ minLength: 1, maxLength: 100 }) });

/** Programs test their connection with these: nothing is loaded or computed for them. */
export function addServedModelRoutes(server: Server, app: App): void {
  const created = Math.floor(Date.now() / 1000);

  server.get('/v1/models', { schema: { response: { 200: SERVED_MODELS } } }, async () => ({
    object: 'list' as const,
    data: servedModels(app, created),
  }));

  server.get(
    '/v1/models/:model',
    { schema: { params: NAME_PARAMETERS, response: { 200: SERVED_MODEL } } },
    async ({ params: { model } }) => {
      const models = servedModels(app, created);
      const found = models.find(({ id }) => id === model);
      if (found) return found;
      const known = models.map(({ id }) => id).join(', ');
      throw new AnswerboxError('model_not_found', { model, known, param: 'model' });
    },
  );
}
