import type { Setting } from '../../api/owner-types.ts';

export interface EmbedOptions {
  color: string;
  position: string;
  theme: string;
  locale: string;
  greeting: string;
}

/** A text inside of double quotes in HTML. */
const quoted = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The one line for a site's pages; what is left empty is left to the widget's own defaults. */
export function scriptTag(origin: string, options: EmbedOptions): string {
  const attributes = Object.entries<string>({ ...options })
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value]) => ` data-${name}="${quoted(value.trim())}"`);
  return `<script async src="${origin}/widget.js"${attributes.join('')}></script>`;
}

/** What a site with a content security policy adds to it: two sources, and nothing that weakens it. */
export function policyLines(origin: string): string {
  return `script-src ${origin};\nconnect-src ${origin};`;
}

/**
 * The sites that the server lets in already ('' for none), and the line that lets one in. Its name comes from the
 * server: a start under a name that it does not know is refused.
 */
export function originsLine(settings: readonly Setting[]): { allowed: string; line: string } {
  const setting = settings.find(({ key }) => key === 'allowed_origins');
  const allowed = typeof setting?.value === 'string' ? setting.value.trim() : '';
  const kept = allowed === '' || allowed === '*' ? '' : `${allowed},`;
  return { allowed, line: setting ? `${setting.variable}=${kept}https://www.example.com` : '' };
}
