import { expect, it } from 'vitest';
import { describeConfig, loadConfig } from '../../../../src/config.ts';
import { originsLine, policyLines, scriptTag } from './embed-lines.ts';

const NONE = { color: '', position: '', theme: '', locale: '', greeting: '' };

it('is one line with what was chosen, and safe to paste', () => {
  expect(scriptTag('https://help.example.com', NONE)).toBe(
    '<script async src="https://help.example.com/widget.js"></script>',
  );
  const tag = scriptTag('https://help.example.com', {
    ...NONE,
    color: '#0a7c52',
    greeting: ' "Hi" & <welcome> ',
  });
  expect(tag).toBe(
    '<script async src="https://help.example.com/widget.js" data-color="#0a7c52"' +
      ' data-greeting="&quot;Hi&quot; &amp; &lt;welcome&gt;"></script>',
  );
});

it('asks for no more of a policy than two sources', () => {
  expect(policyLines('https://help.example.com')).toBe(
    'script-src https://help.example.com;\nconnect-src https://help.example.com;',
  );
});

it('names the setting as the server does: a start with the line comes up and lets the site in', () => {
  const settings = (environment: Record<string, string>) =>
    describeConfig(loadConfig({ environment, file: '/nowhere.json' }).config);
  const none = originsLine(settings({}));
  expect(none.allowed).toBe('');
  const [name = '', value = ''] = none.line.split('=');
  const started = settings({ [name]: value });
  expect(originsLine(started).allowed).toBe('https://www.example.com');
  // And a further site does not shut the first one out.
  const first = originsLine(settings({ [name]: 'https://shop.example' })).line;
  expect(first).toBe(`${name}=https://shop.example,https://www.example.com`);
});
