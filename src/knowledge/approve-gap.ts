import { AnswerboxError } from '../errors.ts';
import type { HealthStore } from '../stores/health-contracts.ts';
import type { JobStore } from '../stores/job-contracts.ts';

/**
 * Makes a document of a gap's draft, or of the text that a person made of it, and a regression question of its
 * question. @returns the job's id
 * @throws gap_not_found, request_invalid when nothing but the question is in the draft
 */
export async function approveGap(
  id: string,
  { title, text }: { title?: string; text?: string },
  { health, jobs }: { health: HealthStore; jobs: JobStore },
): Promise<string> {
  const gap = await health.getGap(id);
  if (gap?.status !== 'open') throw new AnswerboxError('gap_not_found', { id });
  if (text === undefined && gap.passages.length === 0)
    throw new AnswerboxError('request_invalid', {
      reason:
        'the draft holds no answer, since no passage came near the question: send the article as "text"',
    });
  const source = `article:${id}`;
  const article = text ?? gap.draft;
  const jobId = await jobs.createJob({
    title: title ?? gap.question,
    items: [
      {
        source,
        name: `${id}.md`,
        bytes: Buffer.from(article, 'utf8'),
        mediaType: 'text/markdown',
        title: title ?? gap.question,
      },
    ],
  });
  await health.decideGap(id, { status: 'approved', source });
  return jobId;
}
