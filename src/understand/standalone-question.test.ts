import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stemsOf } from '../text/content-words.ts';
import { standaloneQuestion, type HistoryMessage } from './standalone-question.ts';

interface Dialogue {
  half: 'tune' | 'test';
  history: HistoryMessage[];
  question: string;
  standalone: string;
  leans: boolean;
  topic?: string;
}

const dialogues = readFileSync(join(import.meta.dirname, 'testdata/follow-ups.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Dialogue);

const asked = (...texts: string[]): HistoryMessage[] =>
  texts.map((text, index) => ({ role: index % 2 === 0 ? 'customer' : 'assistant', text }));
const ask = (question: string, ...texts: string[]) => standaloneQuestion(question, asked(...texts));

/** Mean share of the content words of the hand-written form that the rewritten one has. */
function recall(half: Dialogue['half'], formOf: (dialogue: Dialogue) => string): number {
  const leaning = dialogues.filter((dialogue) => dialogue.half === half && dialogue.leans);
  const shares = leaning.map((dialogue) => {
    const wanted = [...stemsOf(dialogue.standalone)];
    const found = stemsOf(formOf(dialogue));
    return wanted.filter((stem) => found.has(stem)).length / wanted.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

const rewritten = ({ question, history, topic }: Dialogue): string =>
  standaloneQuestion(question, history, topic === undefined ? {} : { topic }).standalone;

describe('standaloneQuestion on hand-made dialogues', () => {
  it.each([
    ['tune', 0.96],
    ['test', 0.94],
  ] as const)('has the content words of the hand-written forms (%s half)', (half, least) => {
    expect(recall(half, ({ question }) => question)).toBeLessThan(0.5);
    expect(recall(half, rewritten)).toBeGreaterThan(least);
  });

  it('knows which messages lean, and leaves the others as they are', () => {
    for (const dialogue of dialogues) {
      const { leans, standalone } = standaloneQuestion(dialogue.question, dialogue.history);
      expect(leans, dialogue.question).toBe(dialogue.leans);
      if (!leans) expect(standalone).toBe(dialogue.question);
    }
  });
});

describe('standaloneQuestion', () => {
  it('puts a phrase in the place of the one with the same preposition', () => {
    expect(ask('And to Switzerland?', 'What does delivery to Norway cost?', '12 EUR.')).toEqual({
      standalone: 'What does delivery to Switzerland cost?',
      leans: true,
      sure: true,
      forms: ['What does delivery to Switzerland cost?'],
      added: ['switzerland'],
    });
  });

  it('searches both forms when in doubt', () => {
    const { sure, forms } = ask('Can I return it?', 'I bought a ukulele and a case.', 'Good.');
    expect(sure).toBe(false);
    expect(forms).toEqual([
      'I bought a ukulele and a case. Good. Can I return it?',
      expect.stringMatching(/^Can I return the ukulele.*case/),
    ]);
  });

  it.each([
    ['And when I have something mended?', 'How many points do I get when I buy something?'],
    ['Is express possible too?', 'How long does a parcel to Belgium take?'],
    ["I've got several of them. Can I use them together?", 'For how long is a gift card valid?'],
    ['how long does that usually take', 'How should I dry my leather boots?'],
    ['Does that go for things bought in your store as well?', 'Until when can I give back presents?'],
    ['and the one for three people?', 'how heavy is the lanner 2'],
  ])('hears what goes on in words of its own: %s', (question, before) => {
    const { leans, forms } = ask(question, before, 'Our reply.');
    expect(leans).toBe(true);
    expect(forms[0]).toContain(before.split(' ').at(-1)!.replace('?', ''));
  });

  it.each([
    'I lost the pump sack of my mat. How much is a new one?',
    'Will one of those coupons vanish?',
    'How much is it to have a rain jacket mended?',
    'is it bad to wash the jacket?',
    'Is it up to me to show that the shoe was bad from day one?',
  ])('lets stand alone: %s', (question) => {
    expect(ask(question, 'What does a stove cost?', '20 EUR.').leans).toBe(false);
  });

  it('follows chains over several turns, thanks and greetings left out', () => {
    const history = asked(
      'hello',
      'Hi.',
      'How much is shipping to Germany?',
      '4.90',
      'and to France?',
      '8.90',
      'thanks!',
      'Welcome.',
    );
    expect(standaloneQuestion('and Spain?', history).standalone).toBe('How much is shipping to Spain?');
  });

  it('leaves thanks, first messages and long ones alone', () => {
    expect(ask('thank you!', 'How much is shipping?', '4.90').leans).toBe(false);
    expect(standaloneQuestion('and for shoes?', []).leans).toBe(false);
    expect(ask(`it ${'is long '.repeat(60)}`, 'How much is shipping?').leans).toBe(false);
  });

  it('does not take a "yes" for an answer when nothing was asked', () => {
    expect(ask('yes', 'How much is shipping?', 'It is 4.90.').leans).toBe(false);
  });

  it('joins short messages of other languages to the last question', () => {
    const german = standaloneQuestion(
      'und nach Österreich?',
      asked('Was kostet der Versand nach Deutschland?', '4,90'),
      { language: 'de' },
    );
    expect(german).toMatchObject({ sure: false, leans: true });
    expect(german.forms).toEqual([
      'Was kostet der Versand nach Deutschland? und nach Österreich?',
      'und nach Österreich?',
    ]);
    const chinese = standaloneQuestion('多少钱？', asked('你们有蓝色的帐篷吗？可以退货吗', '有'), {
      language: 'zh',
    });
    expect(chinese.standalone).toContain('帐篷');
  });

  it.each([
    '',
    '?',
    '(',
    '\\',
    'it it it it',
    'one',
    'and',
    'no,',
    'not , but',
    'what about',
    '$& $1',
    'there',
  ])('takes %j without harm', (text) => {
    for (const base of ['How much is the tent?', '?', '$& $1 it', 'it', 'a'.repeat(4000)]) {
      const { forms, standalone } = ask(text, base, 'Do you mean $1?');
      expect(forms.length).toBeGreaterThan(0);
      expect(standalone.length).toBeLessThanOrEqual(400);
    }
  });

  it('reads a conversation of 500 turns', () => {
    const history = Array.from({ length: 500 }, (_, index): HistoryMessage[] =>
      asked(`and to place ${index}?`, 'Yes.'),
    ).flat();
    expect(standaloneQuestion('And to Malta?', history).standalone.length).toBeLessThanOrEqual(400);
  });
});
