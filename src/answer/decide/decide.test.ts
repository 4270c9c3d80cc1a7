import { describe, expect, it } from 'vitest';
import type { IntentReading } from '../../inference/contracts.ts';
import type { QuestionPart, RankedPassage, ScoredSentence } from '../path-types.ts';
import { decide, type DecideInput } from './decide.ts';
import { handOverInstead } from './decide-live.ts';

const intent = (changes: Partial<IntentReading> = {}): IntentReading => ({
  intent: 'delivery',
  confidence: 0.9,
  act: 'question',
  urgency: 0,
  frustration: 0,
  ...changes,
});
function part(text: string, titles: readonly string[]): QuestionPart {
  const ranked = titles.map((title, index) => {
    const said = `It costs €${index + 4}.90.`;
    return {
      chunk: { title, headingPath: title, documentId: title, text: said },
      reranked: { rank: index + 1, score: 10 - index / 10 },
      reading: { answerable: 0.9, sentenceLogits: [5] },
      sentences: [{ start: 0, end: said.length }],
    };
  }) as unknown as RankedPassage[];
  const sentences = ranked.map((passage) => ({
    text: passage.chunk.text,
    score: 10,
    answerable: 0.9,
    passage,
  })) as unknown as ScoredSentence[];
  return { text, share: 1, ranked, sentences };
}
const CLEAR = part('How long can I return boots?', ['Returns']);
const UNCLEAR = part('How much is delivery?', ['Delivery to Germany', 'Delivery to Austria']);

function decided(
  confidence: Partial<DecideInput['confidence']>,
  more: Partial<Omit<DecideInput, 'confidence'>> = {},
) {
  const { answerable = [], open = [], caveat = false } = confidence;
  return decide({
    question: { asks: true },
    intent: intent(),
    before: { clarified: false, unanswered: 0 },
    ...more,
    confidence: { answerable, open, caveat, declined: answerable.length === 0 },
  });
}

describe('decide, with evidence', () => {
  it('answers when sure, with a caveat when less so or when a part stays open', () => {
    expect(decided({ answerable: [CLEAR] })).toMatchObject({ outcome: 'answered', rule: 'sure' });
    expect(decided({ answerable: [CLEAR], caveat: true })).toMatchObject({
      outcome: 'answered_with_caveat',
      rule: 'less_sure',
    });
    expect(decided({ answerable: [CLEAR], open: [UNCLEAR], caveat: true })).toMatchObject({
      outcome: 'answered_with_caveat',
      rule: 'part_open',
    });
  });

  it('asks which one is meant when several documents fit equally', () => {
    expect(decided({ answerable: [UNCLEAR] })).toMatchObject({
      outcome: 'clarify',
      rule: 'documents_fit_equally',
      answered: [],
      unclear: { choices: ['Delivery to Germany', 'Delivery to Austria'] },
    });
  });

  it('answers the clear part and asks about the other', () => {
    expect(decided({ answerable: [CLEAR, UNCLEAR] })).toMatchObject({
      outcome: 'clarify',
      rule: 'part_unclear',
      answered: [CLEAR],
      unclear: { part: UNCLEAR },
    });
  });

  it('never asks twice in a row: the likeliest answer then, with a caveat', () => {
    const before = { clarified: true, unanswered: 0 };
    expect(decided({ answerable: [UNCLEAR] }, { before })).toMatchObject({
      outcome: 'answered_with_caveat',
      answered: [UNCLEAR],
      unclear: null,
    });
  });
});

describe('decide, without evidence', () => {
  const cases: [string, Partial<Omit<DecideInput, 'confidence'>>, Record<string, unknown>][] = [
    ['declines the first time', {}, { outcome: 'declined', rule: 'not_found', reason: null }],
    [
      'calls a person the second time in a row',
      { before: { clarified: false, unanswered: 1 } },
      { outcome: 'handed_off', reason: 'missing_knowledge', rule: 'not_found_again' },
    ],
    [
      'calls a person for who is upset',
      { intent: intent({ frustration: 0.95 }) },
      { outcome: 'handed_off', reason: 'missing_knowledge', rule: 'upset' },
    ],
    [
      'calls a person for what only a person can do',
      { question: { asks: false }, intent: intent({ intent: 'cancel_order', act: 'statement' }) },
      { outcome: 'handed_off', reason: 'unsupported_request', rule: 'persons_work' },
    ],
    [
      'declines a question about the same',
      { intent: intent({ intent: 'cancel_order' }) },
      { outcome: 'declined', reason: null },
    ],
    [
      'calls a person when the reply to our question was not understood',
      { question: { asks: true, completes: true }, before: { clarified: true, unanswered: 0 } },
      { outcome: 'handed_off', reason: 'pending_clarification', rule: 'reply_not_understood' },
    ],
    [
      'declines what is outside the shop, upset or not, however often',
      {
        intent: intent({ intent: 'out_of_scope', frustration: 0.9 }),
        before: { clarified: false, unanswered: 4 },
      },
      { outcome: 'declined', reason: null },
    ],
    ['declines when no model could read the intent', { intent: null }, { outcome: 'declined' }],
  ];
  it.each(cases)('%s', (_, more, expected) => expect(decided({}, more)).toMatchObject(expected));
});

describe('handOverInstead', () => {
  const before = { clarified: false, unanswered: 0, lastReply: '' };

  it('lets answers, first refusals and first questions stand', () => {
    expect(handOverInstead({ outcome: 'answered', text: 'Shipped.' }, before)).toBeNull();
    expect(handOverInstead({ outcome: 'declined', text: 'No.' }, before)).toBeNull();
    expect(handOverInstead({ outcome: 'clarify', text: 'Your number?' }, before)).toBeNull();
  });

  it('does not put the same question twice, but asks on for another piece', () => {
    const asked = { clarified: true, unanswered: 0, lastReply: 'Your number?' };
    expect(handOverInstead({ outcome: 'clarify', text: 'Your number?' }, asked)).toBe(
      'pending_clarification',
    );
    expect(handOverInstead({ outcome: 'clarify', text: 'Your e-mail?' }, asked)).toBeNull();
  });

  it('hands a second refusal over, for the reason that it has', () => {
    const refused = { ...before, unanswered: 1 };
    expect(handOverInstead({ outcome: 'declined', text: 'No.', reason: 'tool_failure' }, refused)).toBe(
      'tool_failure',
    );
    expect(handOverInstead({ outcome: 'declined', text: 'No.' }, refused)).toBe('missing_knowledge');
  });
});
