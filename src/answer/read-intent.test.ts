import { describe, expect, it } from 'vitest';
import type { IntentReading } from '../inference/contracts.ts';
import { ROUTING } from './answer-settings.ts';
import { preprocessQuestion } from './preprocess-question.ts';
import { asksForPerson, smallTalk } from './read-intent.ts';

const read = (intent: string, confidence = 0.95): IntentReading => ({
  intent,
  confidence,
  act: 'statement',
  urgency: 0,
  frustration: 0,
});
const question = (text: string) => preprocessQuestion(text, 1_000);

describe('smallTalk', () => {
  it.each([
    ['Hello there', 'greeting', 'greeting'],
    ['thanks a lot', 'thanks', 'thanks'],
    ['Bye for now', 'goodbye', 'goodbye'],
  ])('answers %j', (text, intent, reply) => expect(smallTalk(question(text), read(intent))).toBe(reply));

  it('leaves what asks for something, what is not sure and all other intents to the search', () => {
    expect(smallTalk(question('Hello, can I return boots?'), read('greeting'))).toBeNull();
    expect(smallTalk(question('Hello there'), read('greeting', ROUTING.smallTalk - 0.01))).toBeNull();
    expect(smallTalk(question('My parcel is late'), read('delivery'))).toBeNull();
    expect(smallTalk(question('Hello there'), null)).toBeNull();
  });
});

describe('asksForPerson', () => {
  it('follows a sure wish that asks nothing else', () => {
    expect(asksForPerson(question('get me somebody who works there'), read('speak_to_person'))).toBe(true);
    expect(asksForPerson(question('Who do I call about a dent?'), read('speak_to_person'))).toBe(false);
    expect(asksForPerson(question('get me somebody'), read('speak_to_person', ROUTING.person - 0.01))).toBe(
      false,
    );
    expect(asksForPerson(question('get me somebody'), null)).toBe(false);
  });
});
