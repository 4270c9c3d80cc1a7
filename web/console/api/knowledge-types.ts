import type { Static } from '@sinclair/typebox';
import type {
  ASKED_LIST,
  GAP,
  HEALTH_REPORT,
  HEALTH_STATE,
  NEAR_DUPLICATES,
  REGRESSION_QUESTION,
  TEST_RUN,
} from '../../../src/api/schemas/health-schema.ts';
import type {
  DOCUMENT_VERSION,
  JOB,
  JOB_ITEM,
  JOB_SUMMARY,
  KNOWLEDGE_SOURCE,
  SOURCE_LIST,
} from '../../../src/api/schemas/job-schema.ts';
import type {
  DOCUMENT,
  DOCUMENT_CHUNK,
  DOCUMENT_FACETS,
  DOCUMENT_LIST,
  DOCUMENT_WITH_TEXT,
  EDITABLE_TEXT,
  SEARCH_RESULT,
  UPLOAD_LIMITS,
  WHY_NOT,
} from '../../../src/api/schemas/knowledge-schema.ts';

/** What goes over the wire about documents, taken from the routes' own schemas. */
export type KnowledgeDocument = Static<typeof DOCUMENT>;
export type DocumentWithText = Static<typeof DOCUMENT_WITH_TEXT>;
export type DocumentList = Static<typeof DOCUMENT_LIST>;
export type DocumentFacets = Static<typeof DOCUMENT_FACETS>;
export type DocumentChunk = Static<typeof DOCUMENT_CHUNK>;
export type EditableText = Static<typeof EDITABLE_TEXT>;
export type DocumentVersion = Static<typeof DOCUMENT_VERSION>;
export type UploadLimits = Static<typeof UPLOAD_LIMITS>;
export type Job = Static<typeof JOB_SUMMARY>;
export type JobItem = Static<typeof JOB_ITEM>;
export type WholeJob = Static<typeof JOB>;
export type KnowledgeSource = Static<typeof KNOWLEDGE_SOURCE>;
export type SourceList = Static<typeof SOURCE_LIST>;
export type SearchResult = Static<typeof SEARCH_RESULT>;
export type FoundPassage = SearchResult['results'][number];
export type WhyNot = Static<typeof WHY_NOT>;
export type HealthState = Static<typeof HEALTH_STATE>;
export type HealthReport = Static<typeof HEALTH_REPORT>;
export type NearDuplicates = Static<typeof NEAR_DUPLICATES>;
export type KnowledgeGap = Static<typeof GAP>;
export type AskedList = Static<typeof ASKED_LIST>;
export type AskedQuestion = AskedList['questions'][number];
export type TestRun = Static<typeof TEST_RUN>;
export type TestQuestion = Static<typeof REGRESSION_QUESTION>;
