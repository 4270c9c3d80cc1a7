/** The one place that screen readers are told about progress: once when writing begins, once when it ends. */
export function StatusLine({ status }: { status: string | null }) {
  return (
    <p class="visually-hidden" role="status" aria-live="polite" data-status-line>
      {status}
    </p>
  );
}
