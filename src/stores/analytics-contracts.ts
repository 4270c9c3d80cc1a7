/** What the desk and the assistant did in a span of time. Times ISO 8601 UTC; the end is not in it. */
export interface AnalyticsSpan {
  from: string;
  to: string;
  /** Minutes east of UTC for the days of the plots. */
  offsetMinutes: number;
}

export interface Analytics {
  volume: {
    conversations: number;
    messages: number;
    tickets: number;
    by_day: { day: string; conversations: number; tickets: number }[];
  };
  /** `before`: in as long a time before. */
  subjects: { name: string; count: number; before: number }[];
  resolution: {
    /** Conversations that the assistant answered and no person was needed for. */
    answered_by_assistant: number;
    /** Of these, those in which nobody asked for more after a resolved ticket was reopened, or declined. */
    not_reopened: number;
    handed_over: number;
    declined: number;
  };
  handover_reasons: { reason: string; count: number }[];
  response: {
    first_p50_s: number | null;
    first_p90_s: number | null;
    resolution_p50_s: number | null;
    sla_met: number;
    sla_missed: number;
  };
  csat: { count: number; mean: number | null; by_rating: number[] };
  ratings: { up: number; down: number };
  /** `up`, `down`: what staff thought of them. */
  drafts: {
    shown: number;
    inserted: number;
    sent: number;
    median_edited_share: number | null;
    up: number;
    down: number;
  };
  gaps: { question: string; count: number }[];
  compute: {
    answers: number;
    seconds_per_answer_p50: number | null;
    seconds_per_answer_p95: number | null;
    total_seconds: number;
  };
}

export interface AnalyticsStore {
  read(span: AnalyticsSpan): Promise<Analytics>;
}
