/** A request's form: what is said of the files stands before them, since it holds for those that come after it. */
export function uploadForm(
  files: readonly { file: Blob; path: string }[],
  said: Readonly<Record<string, string>>,
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(said)) form.append(name, value);
  for (const { file, path } of files) form.append('file', file, path);
  return form;
}
