import type { IntentClassifier, IntentReading } from '../inference/contracts.ts';
import type { Cache } from '../stores/memory-contracts.ts';
import { bytesOf } from './embedding-cache.ts';

/**
 * The classifier, with what it said of a question's vector kept under its identity: a question that was asked
 * before must not wait in the line for the models behind one that is being answered.
 */
export function cachedIntents(classifier: IntentClassifier, cache: Cache): IntentClassifier {
  return {
    identity: classifier.identity,
    intents: classifier.intents,
    classify: async (embedding, options) => {
      const key = Buffer.from(bytesOf(embedding)).toString('latin1');
      const known = await cache.get('intent', key, classifier.identity);
      if (known !== null) return JSON.parse(Buffer.from(known).toString('utf8')) as IntentReading;
      const reading = await classifier.classify(embedding, options);
      await cache.put('intent', key, classifier.identity, Buffer.from(JSON.stringify(reading), 'utf8'));
      return reading;
    },
  };
}
