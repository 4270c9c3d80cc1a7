import type { ComponentChildren } from 'preact';
import { ApiError } from '../../src/api/api-error.ts';
import { translate } from '../translate.ts';
import { Icon, type IconName } from './icon.tsx';

/** Rows in the shape of what is coming, so that nothing jumps when it comes. */
export function Skeleton({ rows = 8, class: name = '' }: { rows?: number; class?: string }) {
  return (
    <div class={`skeleton ${name}`} role="status" aria-busy="true">
      <span class="visually-hidden">{translate('state.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton-row" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

interface EmptyProps {
  icon?: IconName;
  title: string;
  /** The next step, in words. */
  hint?: string;
  children?: ComponentChildren;
}

/** Nothing is there, and what to do about it. */
export function Empty({ icon = 'inbox', title, hint, children }: EmptyProps) {
  return (
    <div class="state">
      <Icon name={icon} />
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}

/** It failed: why, the request's id for whoever looks into the log, and another try. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const reference = error instanceof ApiError ? error.requestId : null;
  return (
    <div class="state state-failure" role="alert">
      <Icon name="alert" />
      <h2>{translate('state.failed')}</h2>
      <p>{describeError(error)}</p>
      {reference && <p class="reference">{translate('state.reference', { id: reference })}</p>}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {translate('state.retry')}
        </button>
      )}
    </div>
  );
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : translate('error.unknown');
}
