/** 'METHOD /path' of every route, from the tree that Fastify prints: four characters a level. */
export function routesOf(tree: string): string[] {
  const path: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] =
      /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === '') return [];
    path.splice(indent.length / 4, Infinity, part);
    const whole = path.join('').replace(/^\*/, '/*');
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${whole}`);
  });
}
