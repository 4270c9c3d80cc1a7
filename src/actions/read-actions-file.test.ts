import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readActionsFile } from './read-actions-file.ts';

const CANCEL = {
  name: 'cancel_order',
  description: 'Cancels an order that was not sent yet.',
  method: 'POST',
  url: 'https://shop.example:8443/orders/{number}/cancel?source=chat',
  headers: { Authorization: 'Bearer secret' },
  input: { number: { type: 'string', required: true, pattern: '[A-Z]-\\d{4}' }, reason: { type: 'string' } },
  changes: true,
  confirm: 'Cancel order {number}?',
  allow_hosts: ['shop.example:8443'],
  timeout_ms: 2_000,
};

function fileWith(content: unknown): string {
  const path = join(temporaryFolder(), 'actions.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the file of actions', () => {
  it('is read as it stands; none is no action', async () => {
    expect(await readActionsFile(fileWith([CANCEL]))).toEqual([CANCEL]);
    expect(await readActionsFile(join(temporaryFolder(), 'actions.json'))).toEqual([]);
  });

  const bad: [string, unknown, RegExp][] = [
    ['no JSON', '[{', /JSON/],
    ['no list', {}, /array/],
    ['an unknown key', [{ ...CANCEL, verb: 'POST' }], /\/0\/verb/],
    ['a missing key', [{ ...CANCEL, changes: undefined }], /\/0\/changes/],
    ['a name with spaces', [{ ...CANCEL, name: 'Cancel order' }], /\/0\/name/],
    ['two of one name', [CANCEL, CANCEL], /two actions are named "cancel_order"/],
    ['a change without a question', [{ ...CANCEL, confirm: undefined }], /"cancel_order": .*needs "confirm"/],
    ['a place that is no field', [{ ...CANCEL, confirm: 'Cancel {order}?' }], /\{order\} is not a field/],
    ['an optional place', [{ ...CANCEL, url: `${CANCEL.url}&r={reason}` }], /"reason" .* must be required/],
    [
      'a host that is not allowed',
      [{ ...CANCEL, url: 'https://evil.example/{number}' }],
      /evil\.example is not in/,
    ],
    ['another port', [{ ...CANCEL, url: 'https://shop.example/{number}' }], /shop\.example is not in/],
    [
      'a host from the customer',
      [{ ...CANCEL, url: 'https://{number}.shop.example/', allow_hosts: ['{number}.shop.example'] }],
      /URL is not one|host must be fixed/,
    ],
    ['a file URL', [{ ...CANCEL, url: 'file:///etc/passwd', allow_hosts: [''] }], /allow_hosts/],
    ['another protocol', [{ ...CANCEL, url: 'ftp://shop.example:8443/' }], /http or https/],
    ['credentials in the URL', [{ ...CANCEL, url: 'https://a:b@shop.example:8443/' }], /credentials/],
    [
      'a broken pattern',
      [{ ...CANCEL, input: { number: { type: 'string', required: true, pattern: '(' } } }],
      /pattern/,
    ],
    [
      'a field’s pattern that could hang',
      [{ ...CANCEL, input: { number: { type: 'string', required: true, pattern: '(\\d+)+x' } } }],
      /pattern of "number" cannot be used/,
    ],
    [
      'a pattern that could hang',
      [{ ...CANCEL, patterns: ['(a+)+b'] }],
      /pattern "\(a\+\)\+b" cannot be used/,
    ],
    ['an order that need not be named', [{ ...CANCEL, own_order: 'reason' }], /"own_order" must name/],
    ['a header that splits', [{ ...CANCEL, headers: { 'X-A': 'a\r\nX-B: b' } }], /headers/],
  ];
  it.each(bad)('with %s is refused, and says where', async (_, content, reason) => {
    const path = fileWith(content);
    await expect(readActionsFile(path)).rejects.toMatchObject({
      code: 'actions_file_invalid',
      message: expect.stringMatching(reason),
    });
    await expect(readActionsFile(path)).rejects.toThrow(path);
  });

  it('that cannot be read is not taken for none', async () => {
    const path = join(temporaryFolder(), 'actions.json');
    mkdirSync(path);
    await expect(readActionsFile(path)).rejects.toMatchObject({ code: 'actions_file_invalid' });
  });
});
