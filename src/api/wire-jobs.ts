import type { LiveProgress } from '../ingest/jobs/job-progress.ts';
import type { JobItemRecord, JobRecord } from '../stores/job-contracts.ts';
import type { SourceRecord, VersionRecord } from '../stores/sync-contracts.ts';

/** Jobs, sources and versions as they go over the wire: names in snake_case. */

export function wireJob(job: JobRecord, { current, itemsPerMinute, secondsLeft, waitsFor }: LiveProgress) {
  const {
    sourceId,
    leftOut,
    bytesDone,
    chunksEmbedded,
    chunksKept,
    createdAt,
    startedAt,
    finishedAt,
    ...rest
  } = job;
  const open = finishedAt === null;
  return {
    ...rest,
    source_id: sourceId,
    left_out: leftOut,
    bytes_done: bytesDone,
    chunks_embedded: chunksEmbedded,
    chunks_kept: chunksKept,
    items_per_minute: itemsPerMinute === null ? null : Math.round(itemsPerMinute * 10) / 10,
    seconds_left: open ? secondsLeft : 0,
    waits_for: open ? waitsFor : null,
    current: open ? current : [],
    created_at: createdAt,
    started_at: startedAt,
    finished_at: finishedAt,
  };
}

export function wireJobItem({ documentId, isRetriable, finishedSequence: _unshown, ...rest }: JobItemRecord) {
  return { ...rest, document_id: documentId, retriable: isRetriable };
}

export function wireSource({ settings, ...source }: SourceRecord) {
  const { everyHours, leftOut, lastJobId, createdAt, startedAt, finishedAt, nextAt, ...rest } = source;
  return {
    ...rest,
    depth: settings.depth,
    pages: settings.pages,
    include: [...settings.include],
    exclude: [...settings.exclude],
    every_hours: everyHours,
    category: settings.scope?.category ?? null,
    language: settings.scope?.language ?? null,
    audience: settings.scope?.audience ?? null,
    valid_from: settings.scope?.valid_from ?? null,
    valid_until: settings.scope?.valid_until ?? null,
    owner: settings.scope?.owner ?? null,
    left_out: leftOut,
    last_job_id: lastJobId,
    created_at: createdAt,
    started_at: startedAt,
    finished_at: finishedAt,
    next_at: nextAt,
  };
}

export function wireVersion({ mediaType, ...rest }: VersionRecord) {
  return { ...rest, media_type: mediaType };
}
