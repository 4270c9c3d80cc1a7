import { expect, it } from 'vitest';
import { splitParts } from './split-parts.ts';

it.each<[string, string[]]>([
  [
    'What does it cost, and how long does delivery take?',
    ['What does it cost', 'how long does delivery take?'],
  ],
  ['Can I return shoes? Who pays the postage?', ['Can I return shoes?', 'Who pays the postage?']],
  ['Can I pay by card, also do you ship abroad?', ['Can I pay by card', 'do you ship abroad?']],
  [
    'Is the Ridge tent waterproof and please tell me what sizes you have',
    ['Is the Ridge tent waterproof', 'please tell me what sizes you have'],
  ],
  [
    'Two questions: 1. Do you ship to Malta? 2. How do I pay by invoice?',
    ['Do you ship to Malta?', 'How do I pay by invoice?'],
  ],
  [
    'a) opening hours on Sunday, b) price of the Ridge tent',
    ['opening hours on Sunday', 'price of the Ridge tent'],
  ],
  [
    'What are the delivery times to Austria and Switzerland?',
    ['What are the delivery times to Austria?', 'What are the delivery times to Switzerland?'],
  ],
  [
    'How much is shipping to Germany, to France or to Spain please?',
    [
      'How much is shipping to Germany please?',
      'How much is shipping to France please?',
      'How much is shipping to Spain please?',
    ],
  ],
  ['Can I pay with PayPal or Klarna?', ['Can I pay with PayPal?', 'Can I pay with Klarna?']],
  [
    'What does the Ridge tent cost, and is it waterproof?',
    ['What does the Ridge tent cost', 'Is the Ridge tent waterproof?'],
  ],
  [
    'What does express cost, and until when can I order before Easter?',
    ['What does express cost', 'until when can I order before Easter?'],
  ],
  [
    'By when must I order, how many digits does a number have, and what does gift wrapping cost?',
    ['By when must I order', 'how many digits does a number have', 'what does gift wrapping cost?'],
  ],
  [
    'I live in Spain. What is postage for a kilo, and what would sending it back cost?',
    ['I live in Spain. What is postage for a kilo', 'what would sending it back cost?'],
  ],
  ['可以退货吗？运费多少？', ['可以退货吗？', '运费多少？']],
  [
    'Do you ship? Can I pay cash? Is there parking here? Are dogs allowed?',
    ['Do you ship?', 'Can I pay cash?', 'Is there parking here? Are dogs allowed?'],
  ],
])('splits %s', (text, parts) => expect(splitParts(text)).toEqual(parts));

it.each([
  'How high is the shaft? I have weak ankles',
  "I'm at university - is there a student discount?",
  'Do you sell tents and rucksacks?',
  'My lamp broke and I want a new one.',
  'Is the jacket black and white?',
  'How long is the drive between Germany and Austria?',
  'Are you open from Monday to Friday?',
  'Can I wash and iron the jacket?',
  'Does version 2. 5 work?',
  'Do you ship to Bosnia and Herzegovina?',
  'Really?? Why?!',
  'Can you tell me, how long is the drive?',
  'In winter, how long do you open?',
  '?',
])('leaves whole what asks one thing: %s', (text) => expect(splitParts(text)).toEqual([text]));

it.each(['? ', 'and what ', '1. a b c ', 'to Austria and ', '？'])(
  'finishes on 4,000 characters of %j',
  (unit) => {
    expect(splitParts(unit.repeat(4_000 / unit.length)).length).toBeLessThanOrEqual(3);
  },
);
