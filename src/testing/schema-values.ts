/** As much of JSON Schema as the API's page uses. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  minItems?: number;
}

/** A value that fits the schema but for its texts, which are all this one. */
export function valueOf(schema: JsonSchema, text: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return valueOf(schema.anyOf[0] ?? {}, text);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => valueOf(part, text))) as unknown;
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, one]) => [name, valueOf(one, text)]),
    );
  if (type === 'array') return [valueOf(schema.items ?? {}, text)];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return type === 'null' ? null : text;
}

export interface Operation {
  method: string;
  path: string;
  body: JsonSchema | null;
  query: string[];
}

interface Page {
  paths: Record<
    string,
    Record<
      string,
      {
        requestBody?: { content?: Record<string, { schema?: JsonSchema }> };
        parameters?: { in: string; name: string }[];
      }
    >
  >;
}

/** What the API's page offers under these addresses. */
export function operationsOf(page: unknown, under: readonly string[]): Operation[] {
  return Object.entries((page as Page).paths)
    .filter(([path]) => under.some((one) => path.startsWith(one)))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody, parameters = [] }]) => ({
        method: method.toUpperCase(),
        path,
        body: requestBody?.content?.['application/json']?.schema ?? null,
        query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      })),
    );
}
