import type { Command } from '../hotkeys/commands.ts';

/** Commands whose words all begin somewhere in what they are called; the order stays. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label, words = '', hidden }) => {
    const known = `${label} ${words}`.toLowerCase().split(/[\s:,/–-]+/);
    return !hidden && wanted.every((word) => known.some((part) => part.startsWith(word)));
  });
}
