import { contrast, formatColour, mix, type Colour } from './colour.ts';

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];

/** How far the owner's colour is bent so that everyone can read what is written in and on it. */
const ACCENT_LIMITS = {
  /** Contrast of text; WCAG 2.2 asks 4.5, and rounding to whole colour parts costs a little. */
  contrast: 4.6,
  /** Share by which one step moves a colour towards black or white. */
  step: 0.02,
  /** Share of the accent in the soft background, light and dark. */
  soft: { light: 0.13, dark: 0.24 },
  /** Share of black or white that a pointer over it adds. */
  hover: 0.18,
} as const;

interface Scheme {
  /** The background on which text has the least contrast; from styles/tokens.css. */
  ground: Colour;
  surface: Colour;
  /** Where colours are moved to, to stand out. */
  away: Colour;
  /** Text on the accent. */
  on: Colour;
  soft: number;
}

const LIGHT: Scheme = {
  ground: [0xf0, 0xef, 0xe9],
  surface: WHITE,
  away: BLACK,
  on: WHITE,
  soft: ACCENT_LIMITS.soft.light,
};
const DARK: Scheme = {
  ground: [0x22, 0x29, 0x25],
  surface: [0x1a, 0x20, 0x1d],
  away: WHITE,
  on: [0x08, 0x0c, 0x0a],
  soft: ACCENT_LIMITS.soft.dark,
};

/** The accent of styles/tokens.css in the owner's colour, as a style sheet for a shadow root. */
export function accentStyles(colour: Colour): string {
  const rules = (scheme: Scheme) =>
    `:host{${Object.entries(accentTokens(colour, scheme))
      .map(([name, value]) => `--${name}:${formatColour(value)}`)
      .join(';')}}`;
  return `${rules(LIGHT)}@media (prefers-color-scheme: dark){${rules(DARK)}}`;
}

function accentTokens(colour: Colour, { ground, surface, away, on, soft }: Scheme) {
  const accent = standOut(colour, ground, away);
  const accentSoft = mix(surface, accent, soft);
  return {
    accent,
    'accent-hover': mix(accent, away, ACCENT_LIMITS.hover),
    'on-accent': on,
    'accent-soft': accentSoft,
    'on-accent-soft': standOut(accent, accentSoft, away),
  };
}

/** The nearest colour on the way to `away` that can be read on `ground`. */
function standOut(colour: Colour, ground: Colour, away: Colour): Colour {
  for (let share = 0; share < 1; share += ACCENT_LIMITS.step) {
    const moved = mix(colour, away, share);
    if (contrast(moved, ground) >= ACCENT_LIMITS.contrast) return moved;
  }
  return away;
}
