import base from '../../src/styles/base.css?inline';
import composer from '../../src/styles/composer.css?inline';
import messages from '../../src/styles/messages.css?inline';
import page from '../../src/styles/page.css?inline';
import pictures from '../../src/styles/pictures.css?inline';
import source from '../../src/styles/source-panel.css?inline';
import welcome from '../../src/styles/welcome.css?inline';
import { adoptStyles } from '../loader/style-sheet.ts';
import type { WidgetHost } from '../widget-contracts.ts';
import panel from './panel.css?inline';

/** The customer page's own styles, and over them what is different in a small panel. */
export function adoptWidgetStyles({ root }: WidgetHost): void {
  for (const css of [base, page, welcome, messages, composer, source, pictures, panel])
    adoptStyles(root, css);
}
