import tokens from '../../src/styles/tokens.css?inline';
import launcherStyles from '../styles/launcher.css?inline';
import { accentStyles } from '../accent/accent-tokens.ts';
import { parseColour } from '../accent/colour.ts';
import type { WidgetSettings } from '../widget-contracts.ts';
import { adoptStyles, fixTheme } from './style-sheet.ts';

/** The one element that the page gets, and what lies inside. */
export interface WidgetFrame {
  element: HTMLElement;
  root: ShadowRoot;
  /** Carries language and direction; launcher and app stand in it. */
  box: HTMLElement;
}

export function createFrame({ color, position, theme }: WidgetSettings): WidgetFrame {
  const element = document.createElement('answerbox-widget');
  const root = element.attachShadow({ mode: 'open' });
  adoptStyles(root, tokens);
  const colour = color ? parseColour(color) : null;
  if (colour) adoptStyles(root, accentStyles(colour));
  adoptStyles(root, launcherStyles);
  if (theme === 'light' || theme === 'dark') fixTheme(root, theme);
  const box = document.createElement('div');
  box.className = 'widget';
  box.dataset['position'] = position === 'start' ? 'start' : 'end';
  root.append(box);
  return { element, root, box };
}
