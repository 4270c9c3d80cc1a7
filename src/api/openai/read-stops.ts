import { AnswerboxError } from '../../errors.ts';

/** As many as OpenAI takes. */
const MOST_STOPS = 4;

/** The texts at which a generator stops. @throws parameter_unsupported */
export function readStops(stop: unknown): string[] {
  if (stop === null || stop === undefined) return [];
  const stops: unknown[] = Array.isArray(stop) ? stop : [stop];
  if (stops.length <= MOST_STOPS && stops.every((one) => typeof one === 'string')) return stops;
  throw new AnswerboxError('parameter_unsupported', {
    param: 'stop',
    reason: `it is a text or up to ${MOST_STOPS}`,
  });
}
