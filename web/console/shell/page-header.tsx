import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

interface PageHeaderProps {
  title: string;
  /** Beside the title: a count, a state. */
  detail?: ComponentChildren;
  /** Buttons at the end. */
  children?: ComponentChildren;
}

/** The bar on top of every page; it also names the browser's tab. */
export function PageHeader({ title, detail, children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Answerbox`;
  }, [title]);
  return (
    <header class="page-header">
      <h1>{title}</h1>
      {detail !== undefined && <div class="page-header-detail">{detail}</div>}
      <div class="page-header-actions">{children}</div>
    </header>
  );
}
