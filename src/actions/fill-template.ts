const PLACE = /\{(\w+)\}/g;

/** Names of the `{field}` places of a template. */
export function placesIn(template: string): string[] {
  return [...template.matchAll(PLACE)].map((match) => match[1]!);
}

/** @param write how a value is written in its place; a place without a value becomes '' */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, unknown>>,
  write: (value: string) => string = (value) => value,
): string {
  return template.replace(PLACE, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null) return '';
    return write(typeof value === 'string' ? value : JSON.stringify(value));
  });
}
