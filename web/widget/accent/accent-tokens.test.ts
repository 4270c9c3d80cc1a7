import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { accentStyles } from './accent-tokens.ts';
import { contrast, parseColour, type Colour } from './colour.ts';

/** The value of each token, light and dark: the style sheets write light first. */
function readTokens(css: string): { light: Map<string, Colour>; dark: Map<string, Colour> } {
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  const read = (part: string) =>
    new Map(
      [...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [
        name!,
        parseColour(value!)!,
      ]),
    );
  return { light: read(light), dark: read(dark) };
}

const page = readTokens(readFileSync(new URL('../../src/styles/tokens.css', import.meta.url), 'utf8'));
const steps = [0, 51, 102, 153, 204, 255];
const colours = steps.flatMap((red) =>
  steps.flatMap((green) => steps.map((blue): Colour => [red, green, blue])),
);

it('makes every colour readable, as text, under text and softened, in light and dark', () => {
  for (const colour of colours) {
    const accent = readTokens(accentStyles(colour));
    for (const scheme of ['light', 'dark'] as const) {
      const [own, shared] = [accent[scheme], page[scheme]];
      const pairs = [
        [own.get('accent'), shared.get('page')],
        [own.get('accent'), shared.get('surface')],
        [own.get('accent'), shared.get('sunken')],
        [own.get('on-accent'), own.get('accent')],
        [own.get('on-accent'), own.get('accent-hover')],
        [own.get('on-accent-soft'), own.get('accent-soft')],
      ] as const;
      for (const [text, ground] of pairs)
        expect(contrast(text!, ground!), `${colour.join()} ${scheme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

it('leaves a colour that can be read as it is', () => {
  expect(readTokens(accentStyles(parseColour('#1c4fa0')!)).light.get('accent')).toEqual(
    parseColour('#1c4fa0'),
  );
});

it('takes only plain colours', () => {
  expect(parseColour('#f60')).toEqual([255, 102, 0]);
  for (const text of ['red', '#12', '#1234', 'url(x)', '#fff;}*{', '']) expect(parseColour(text)).toBeNull();
});
