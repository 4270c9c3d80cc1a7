import { AnswerboxError, hasCode } from '../../errors.ts';
import type { App } from '../../app.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Server, ServerOptions } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { requestSignal } from '../request-signal.ts';
import {
  DOCTOR_REPORT,
  ERROR_RATE,
  MODELS_STATE,
  MODELS_VERIFIED,
  NEW_ERROR_RATE,
  NEW_SEARCH_WEIGHTS,
  SEARCH_WEIGHTS_STATE,
  SETTING,
} from '../schemas/owner-schema.ts';
import { readWireWeights, wireWeights, wireWeightsState } from '../wire-weights.ts';
import { Type } from '@sinclair/typebox';

/** What the owner looks after: settings, models, the machine. */
export function addOwnerRoutes(server: Server, app: App, runDoctor: ServerOptions['runDoctor']): void {
  const settings = () => ({ settings: app.describeSettings(), error_rate: app.errorRate() });
  const response = { 200: Type.Object({ settings: Type.Array(SETTING), error_rate: ERROR_RATE }) };

  server.get('/api/v1/settings', { schema: { response } }, async () => settings());

  const setRate = async (by: Principal, rate: number | null) => {
    await app.setErrorRate(rate);
    await app.staff.audit(by, 'error-rate', { rate });
    return settings();
  };
  // In force from the next question on; answers that were kept under another rate are not served again.
  server.put('/api/v1/settings/error-rate', { schema: { body: NEW_ERROR_RATE, response } }, async (request) =>
    setRate(principalOf(request), request.body.rate),
  );

  // What the configuration says holds again.
  server.delete('/api/v1/settings/error-rate', { schema: { response } }, async (request) =>
    setRate(principalOf(request), null),
  );

  addSearchWeightRoutes(server, app);

  server.get('/api/v1/models', { schema: { response: { 200: MODELS_STATE } } }, async () => {
    const { models, missing } = await app.installedModels();
    const { state, since, restarts, lastFailure, residentBytes } = app.models.health();
    const { waiting, running } = app.models.load();
    return {
      models: models.map(({ role, name, file, bytes, sha256, licence, base, format, context_tokens }) => ({
        ...{ role, name, file, bytes, sha256, licence, base, format },
        context_tokens: context_tokens ?? null,
      })),
      missing: [...missing],
      process: {
        state,
        since: new Date(since).toISOString(),
        restarts,
        last_failure: lastFailure,
        resident_bytes: Math.round(residentBytes),
      },
      load: { waiting, running },
      change: app.modelChange(),
    };
  });

  server.post(
    '/api/v1/models/verify',
    { schema: { response: { 200: MODELS_VERIFIED } } },
    async (_request, reply) => {
      try {
        return { ok: true, files: await app.verifyModels(requestSignal(reply)), failure: null };
      } catch (error) {
        if (!hasCode(error, 'model_damaged') && !hasCode(error, 'model_missing')) throw error;
        return { ok: false, files: [], failure: { code: error.code, message: error.message } };
      }
    },
  );

  server.post('/api/v1/doctor', { schema: { response: { 200: DOCTOR_REPORT } } }, async (_request, reply) => {
    if (!runDoctor) throw new AnswerboxError('doctor_elsewhere');
    const checks = await runDoctor(app.config, requestSignal(reply));
    return {
      ok: checks.every(({ status }) => status !== 'failed'),
      checks: checks.map(({ code, name, status, message, fix }) => ({ code, name, status, message, fix })),
    };
  });
}

/** What the search weighs by: tried with `settings` of /api/v1/search, put in force here. */
function addSearchWeightRoutes(server: Server, app: App): void {
  const path = '/api/v1/settings/search';
  const response = { 200: SEARCH_WEIGHTS_STATE };
  const state = () => wireWeightsState(app.searchWeights());
  const set = async (by: Principal, weights: Parameters<App['setSearchWeights']>[0]) => {
    await app.setSearchWeights(weights);
    await app.staff.audit(by, 'search-weights', wireWeights(app.searchWeights()));
    return state();
  };

  server.get(path, { schema: { response } }, async () => state());
  server.put(path, { schema: { body: NEW_SEARCH_WEIGHTS, response } }, async (request) =>
    set(principalOf(request), readWireWeights(request.body)),
  );
  server.delete(path, { schema: { response } }, async (request) => set(principalOf(request), null));
}
