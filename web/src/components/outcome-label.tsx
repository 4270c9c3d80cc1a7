import type { Outcome } from '../../../src/answer/answer-types.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

const ICONS = {
  answered_with_caveat: 'warning',
  clarify: 'question',
  declined: 'search',
  handed_off: 'person',
} as const;

/** Says in words what kind of answer this is; a plain answer needs none. */
export function OutcomeLabel({ outcome }: { outcome: Outcome }) {
  if (outcome === 'answered') return null;
  return (
    <h3 class="outcome-label">
      <Icon name={ICONS[outcome]} />
      <span>{translate(`outcome.${outcome}`)}</span>
    </h3>
  );
}
