import { XMLParser } from 'fast-xml-parser';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import { decodeEntities } from './decode-entities.ts';
import { PARSE_LIMITS } from './parse-limits.ts';

/** An element, its name without the prefix of its namespace; text stands among the children. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (XmlElement | string)[];
}

const ATTRIBUTES = ':@';

/** In document order, entities left alone: only the five of XML itself and characters by number are decoded here. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: PARSE_LIMITS.depth * 2,
});

/**
 * The root element of an XML part of an office file.
 * @throws document_xml_entities, document_damaged, document_nesting
 */
export function readXml(text: string, source: string, format: string): XmlElement {
  if (/<!(?:ENTITY|DOCTYPE)/i.test(text)) throw new AnswerboxError('document_xml_entities', { source });
  try {
    const roots = (parser.parse(text) as RawNode[]).map((node) => toElement(node));
    const root = roots.find((one): one is XmlElement => typeof one === 'object');
    if (root) return root;
    throw new Error('it holds no XML');
  } catch (error) {
    if (/nest/i.test(reasonOf(error)))
      throw new AnswerboxError(
        'document_nesting',
        { source, what: 'XML', limit: PARSE_LIMITS.depth * 2 },
        error,
      );
    throw new AnswerboxError(
      'document_damaged',
      { source, format, reason: reasonOf(error).slice(0, 200) },
      error,
    );
  }
}

type RawNode = Record<string, unknown>;

/** Nesting is bounded by the parser. */
function toElement(node: RawNode): XmlElement | string {
  if ('#text' in node) return decodeEntities(String(node['#text']));
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';
  const raw = (node[ATTRIBUTES] ?? {}) as Record<string, string>;
  const attributes = Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, decodeEntities(value)]),
  );
  return { name, attributes, children: ((node[name] ?? []) as RawNode[]).map((child) => toElement(child)) };
}

export function childElements(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child === 'object' && (name === undefined || child.name === name),
  );
}

/** All elements of this name below, in document order; those inside another one of the name are left to it. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return childElements(element).flatMap((child) =>
    child.name === name ? [child] : descendants(child, name),
  );
}

export function xmlText(node: XmlElement | string): string {
  return typeof node === 'string' ? node : node.children.map((child) => xmlText(child)).join('');
}
