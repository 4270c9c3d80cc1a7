import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CONFIDENCE_BUCKETS, RATE_BUCKETS, SECONDS_BUCKETS } from './metric-buckets.ts';

/** Every figure that is counted here; gauges that are read when somebody asks are in `watch-app.ts`. */
export interface Metrics {
  registry: Registry;
  /** From the question to its end, by stage; `total` is the whole. */
  stageSeconds: Histogram<'stage'>;
  firstTextSeconds: Histogram<'mode'>;
  answers: Counter<'outcome' | 'mode'>;
  failedAnswers: Counter<'code'>;
  confidence: Histogram<'outcome'>;
  answersRunning: Gauge;
  modelCallSeconds: Histogram<'operation'>;
  failedModelCalls: Counter<'operation' | 'code'>;
  promptTokens: Counter<'generator'>;
  generatedTokens: Counter<'generator'>;
  tokensPerSecond: Histogram<'generator'>;
  requests: Counter<'method' | 'route' | 'status'>;
  requestSeconds: Histogram<'method' | 'route'>;
  sockets: Gauge;
  socketEvents: Counter<'event'>;
  feedback: Counter<'rating' | 'category'>;
}

/** A registry of its own: two apps in one process count apart. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `answerbox_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name: `answerbox_${name}`, help, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: Label[] = [],
  ) => new Histogram({ name: `answerbox_${name}`, help, labelNames, buckets: [...buckets], registers });
  return {
    registry,
    stageSeconds: histogram('stage_seconds', 'Time of each stage of an answer', SECONDS_BUCKETS, ['stage']),
    firstTextSeconds: histogram(
      'first_text_seconds',
      'Time from the question to the first text of its answer',
      SECONDS_BUCKETS,
      ['mode'],
    ),
    answers: counter('answers_total', 'Answers by outcome and mode', ['outcome', 'mode']),
    failedAnswers: counter('failed_answers_total', 'Questions that ended in an error', ['code']),
    confidence: histogram('answer_confidence', 'Confidence of answers', CONFIDENCE_BUCKETS, ['outcome']),
    answersRunning: gauge('answers_running', 'Questions that are answered now or wait for it'),
    modelCallSeconds: histogram(
      'model_call_seconds',
      'Time of calls to the models, waiting included',
      SECONDS_BUCKETS,
      ['operation'],
    ),
    failedModelCalls: counter('failed_model_calls_total', 'Calls to the models that failed', [
      'operation',
      'code',
    ]),
    promptTokens: counter('prompt_tokens_total', 'Tokens that generators read', ['generator']),
    generatedTokens: counter('generated_tokens_total', 'Tokens that generators wrote', ['generator']),
    tokensPerSecond: histogram(
      'generated_tokens_per_second',
      'Speed of a generation from its first text to its last',
      RATE_BUCKETS,
      ['generator'],
    ),
    requests: counter('http_requests_total', 'HTTP requests', ['method', 'route', 'status']),
    requestSeconds: histogram('http_request_seconds', 'Time until a response was complete', SECONDS_BUCKETS, [
      'method',
      'route',
    ]),
    sockets: gauge('chat_sockets', 'Open WebSocket connections'),
    socketEvents: counter('chat_socket_events_total', 'What happened on WebSocket connections', ['event']),
    feedback: counter('feedback_total', 'Feedback of customers', ['rating', 'category']),
  };
}
