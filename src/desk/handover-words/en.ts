import type { WordGroups } from './word-groups.ts';

export const ENGLISH: WordGroups = {
  danger: {
    words: [
      'was injured',
      'were injured',
      'got injured',
      'injured me',
      'injured my',
      'caught fire',
      'electric shock',
      'poisoned',
    ],
  },
  law: {
    words: [
      'my lawyer*',
      'my attorney*',
      'lawsuit*',
      'sue you',
      'suing you',
      'to court',
      'the police',
      'data breach*',
      'ombudsman',
      'fraud',
    ],
  },
  anger: {
    words: ['unacceptable', 'fed up', 'stupid bot', 'useless bot', 'waste of time', 'never buy again'],
  },
  urgency: {
    words: ['urgent', 'urgently', 'emergency', 'asap', 'right now', 'immediately'],
    except: ['not urgent', 'emergency exit*', 'emergency kit*', 'emergency light*'],
  },
  annoyance: {
    words: [
      'ridiculous',
      'useless',
      'terrible',
      'worst',
      'angry',
      'disgusting',
      'not helping',
      'does not help',
    ],
  },
  complaint: {
    words: ['make a complaint', 'file a complaint', 'formal complaint', 'complain about you'],
    except: ['how * make a complaint', 'how * file a complaint'],
  },
};
