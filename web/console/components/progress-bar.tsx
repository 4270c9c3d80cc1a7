/** How far something is, in a bar that screen readers can ask for. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number }) {
  return <progress class="progress" aria-label={label} value={Math.min(value, max)} max={Math.max(max, 1)} />;
}
