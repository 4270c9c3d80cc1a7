/** The file's name in a document's source: a path, an address, or "upload:name.md". */
export function nameOfSource(source: string): string {
  const path = source.replace(/^\w+:(?!\/\/)/, '').split(/[?#]/)[0]!;
  return (
    path
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? source
  );
}
