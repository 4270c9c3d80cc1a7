/** A style that no content security policy forbids: it is made by script, not written into the page. */
export function adoptStyles(root: ShadowRoot, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return sheet;
}

/** Holds a shadow root to light or dark, whatever the visitor's system says. */
export function fixTheme(root: ShadowRoot, theme: 'light' | 'dark'): void {
  for (const sheet of root.adoptedStyleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme'))
        rule.media.mediaText = theme === 'dark' ? 'all' : 'not all';
    }
  }
  adoptStyles(root, `:host{color-scheme:${theme}}`);
}
