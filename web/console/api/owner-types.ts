import type { Static } from '@sinclair/typebox';
import type { DELIVERY, WEBHOOK } from '../../../src/api/schemas/desk-schema.ts';
import type {
  DOCTOR_REPORT,
  ERROR_RATE,
  LIVE_VIEW,
  MODELS_STATE,
  MODELS_VERIFIED,
  SEARCH_WEIGHTS,
  SEARCH_WEIGHTS_STATE,
  SETTING,
} from '../../../src/api/schemas/owner-schema.ts';
import type { READINESS } from '../../../src/api/routes/health.ts';
import type { API_KEY, USER } from '../../../src/api/schemas/staff-schema.ts';

/** What goes over the wire on the owner's pages, taken from the routes' own schemas. */
export type Setting = Static<typeof SETTING>;
export interface SettingsState {
  settings: Setting[];
  error_rate: Static<typeof ERROR_RATE>;
}
export type SearchWeights = Static<typeof SEARCH_WEIGHTS>;
export type SearchWeightsState = Static<typeof SEARCH_WEIGHTS_STATE>;
export type ModelsState = Static<typeof MODELS_STATE>;
export type ModelsVerified = Static<typeof MODELS_VERIFIED>;
export type DoctorReport = Static<typeof DOCTOR_REPORT>;
export type LiveView = Static<typeof LIVE_VIEW>;
export type User = Static<typeof USER>;
export type ApiKey = Static<typeof API_KEY>;
export type Webhook = Static<typeof WEBHOOK>;
export type Delivery = Static<typeof DELIVERY>;

export interface Share {
  share: number;
  low: number;
  high: number;
}
/** What each error rate would do, from the questions that confidence was fitted on. */
export interface RatePreview {
  most_wrong_answers: number;
  questions: number;
  rows: {
    most_wrong_answers: number;
    answered: Share | null;
    answered_with_caveat: Share | null;
    handed_over_or_declined: Share | null;
    wrong: Share | null;
    promised: number | null;
  }[];
}
export type Readiness = Static<typeof READINESS>;
export interface Upkeep {
  running: boolean;
  failure: string | null;
  model_change: { done: number; total: number; failure: string | null } | null;
  last: {
    at: string;
    merged: number;
    erased: number;
    jobs_forgotten: number;
    bytes_before: number;
    bytes_after: number;
    seconds: number;
  } | null;
}
