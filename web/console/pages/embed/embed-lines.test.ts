import { expect, it } from 'vitest';
import { policyLines, scriptTag } from './embed-lines.ts';

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
