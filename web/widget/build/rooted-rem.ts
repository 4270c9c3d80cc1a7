import type { Plugin } from 'vite';

/**
 * In a shadow root `1rem` is still the page's, and pages set it to 10px. The widget measures in `--rem`, which
 * styles/launcher.css defines. Media queries have no such trouble, and no variables.
 */
export function rootedRem(): Plugin {
  return {
    name: 'rooted-rem',
    enforce: 'pre',
    transform(code, id) {
      return /\.css\?inline$/.test(id) ? replaceRem(code) : null;
    },
  };
}

export function replaceRem(css: string): string {
  return css
    .split('\n')
    .map((line) => {
      if (/^\s*@media/.test(line) || line.includes('--rem:')) return line;
      return line.replace(/(?<![\w.-])(-?[\d.]+)rem\b/g, 'calc($1 * var(--rem))');
    })
    .join('\n');
}
