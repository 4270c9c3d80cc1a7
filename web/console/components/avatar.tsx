/** Hues that stay readable with the avatar's fixed lightness. */
const HUES = [155, 200, 230, 265, 300, 340, 20, 45, 90];

/** Initials on a colour that always belongs to the same name. */
export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  const letters = name.trim().split(/\s+/);
  const initials = [letters[0], letters.length > 1 ? letters.at(-1) : '']
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
  const sum = Array.from(name).reduce((total, letter) => (total * 31 + letter.codePointAt(0)!) % 9973, 7);
  return (
    <span
      class={small ? 'avatar avatar-small' : 'avatar'}
      style={{ '--hue': String(HUES[sum % HUES.length]) }}
      aria-hidden="true"
    >
      {initials || '?'}
    </span>
  );
}
