import type { WidgetSettings } from '../widget-contracts.ts';

const NAMES = [
  'color',
  'greeting',
  'locale',
  'position',
  'theme',
  'identity',
  'logo',
  'dir',
  'container',
] as const;

/** `window.answerboxSettings`, over it the script's `data-` attributes; what has the wrong type is left out. */
export function readSettings(given: unknown, attributes: DOMStringMap): WidgetSettings {
  const object = isObject(given) ? given : {};
  const settings: Record<string, unknown> = {};
  for (const name of NAMES) {
    const value = attributes[name] ?? object[name];
    if (typeof value === 'string' && value !== '') settings[name] = value;
  }
  if (isObject(object['container'])) settings['container'] = object['container'];
  if (isObject(object['messages'])) settings['messages'] = onlyTexts(object['messages']);
  return settings;
}

function onlyTexts(messages: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(messages).filter(([, text]) => typeof text === 'string'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
