import type { Analytics } from '../../../../src/stores/analytics-contracts.ts';

/** What the route answers: the figures of a span of time. */
export type SpannedAnalytics = Analytics & { from: string; to: string };
