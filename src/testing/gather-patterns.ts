import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A regular expression as it stands in the source. */
export interface WrittenPattern {
  /** Relative to the root of the repository. */
  file: string;
  line: number;
  source: string;
  flags: string;
}

export interface GatheredPatterns {
  patterns: WrittenPattern[];
  /** Files and lines where one is put together when the program runs. */
  composed: { file: string; line: number }[];
}

/** All regular expressions that stand in these folders: literals, `new RegExp("…")`, `pattern: "…"` of schemas. Tests are left out. */
export function gatherPatterns(root: string, folders: readonly string[]): GatheredPatterns {
  const gathered: GatheredPatterns = { patterns: [], composed: [] };
  for (const file of folders.flatMap((folder) => sourcesIn(root, folder))) {
    const text = readFileSync(join(root, file), 'utf8');
    const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
    const look = (node: ts.Node): void => {
      gatherAt(node, tree, file, gathered);
      ts.forEachChild(node, look);
    };
    look(tree);
  }
  return gathered;
}

function gatherAt(node: ts.Node, tree: ts.SourceFile, file: string, gathered: GatheredPatterns): void {
  const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
    gathered.patterns.push({ file, line, source, flags });
  } else if (isConstructor(node)) {
    const [pattern, flags] = node.arguments ?? [];
    if (pattern && ts.isRegularExpressionLiteral(pattern)) return;
    if (pattern && ts.isStringLiteralLike(pattern))
      gathered.patterns.push({ file, line, source: pattern.text, flags: textOf(flags) });
    else gathered.composed.push({ file, line });
  } else if (
    ts.isPropertyAssignment(node) &&
    node.name.getText(tree) === 'pattern' &&
    ts.isStringLiteralLike(node.initializer)
  ) {
    // Schemas are compiled with the flag u.
    gathered.patterns.push({ file, line, source: node.initializer.text, flags: 'u' });
  }
}

function isConstructor(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  return (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';
}

function textOf(node: ts.Expression | undefined): string {
  return node && ts.isStringLiteralLike(node) ? node.text : '';
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|suite)\.tsx?$|\/testing\//.test(name))
    .sort();
}
