import type { ComponentChildren } from 'preact';
import '../styles/panels.css';

interface PanelProps {
  title: string;
  /** Beside the title: a count, a state. */
  detail?: ComponentChildren;
  /** Buttons at the end of the title's row. */
  actions?: ComponentChildren;
  /** One line below the title. */
  hint?: string;
  children: ComponentChildren;
  class?: string;
}

/** A titled part of a page. */
export function Panel({ title, detail, actions, hint, children, class: name = '' }: PanelProps) {
  return (
    <section class={`panel ${name}`}>
      <header class="panel-header">
        <h2>{title}</h2>
        {detail !== undefined && <span class="muted">{detail}</span>}
        {actions && <div class="panel-actions">{actions}</div>}
      </header>
      {hint && <p class="muted panel-hint">{hint}</p>}
      {children}
    </section>
  );
}
