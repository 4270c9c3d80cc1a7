import type { ComponentChildren } from 'preact';
import { Skeleton } from '../../components/states.tsx';
import type { Loaded } from '../../data/use-loaded.ts';
import { translate } from '../../translate.ts';

interface PreviewViewProps<Preview> {
  loaded: Loaded<Preview>;
  /** What is asked for besides the table. */
  fields?: ComponentChildren;
  children: (preview: Preview) => ComponentChildren;
}

/** What a table comes to, or in words why it comes to nothing. */
export function PreviewView<Preview>({ loaded, fields, children }: PreviewViewProps<Preview>) {
  return (
    <section class="setting-preview">
      <h3>{translate('owned.preview')}</h3>
      {fields}
      {loaded.state === 'failed' ? (
        <p role="alert" class="problem">
          {loaded.error instanceof Error ? loaded.error.message : String(loaded.error)}
        </p>
      ) : loaded.state === 'ready' ? (
        children(loaded.value)
      ) : (
        <Skeleton rows={2} />
      )}
    </section>
  );
}
