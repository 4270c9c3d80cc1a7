/**
 * Looks up paths such as "data.prices.0.amount" in a JSON value: own properties alone, so that
 * "__proto__" or "length" find nothing. Undefined when a step is missing.
 */
export function lookupIn(value: unknown): (path: string) => unknown {
  return (path) => {
    let at = value;
    for (const step of path.split('.')) {
      if (typeof at !== 'object' || at === null || !isOwn(at, step)) return undefined;
      at = (at as Record<string, unknown>)[step];
    }
    return at;
  };
}

function isOwn(holder: object, step: string): boolean {
  return Array.isArray(holder)
    ? /^\d+$/.test(step) && Object.hasOwn(holder, step)
    : Object.hasOwn(holder, step);
}
