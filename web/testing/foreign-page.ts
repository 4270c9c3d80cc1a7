import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForeignSite {
  /** Another origin than any server under test: by its host name and by its port. */
  origin: string;
  /** The server whose widget the site's page carries; known only after this site's origin is. */
  box: string;
  close(): Promise<void>;
}

/** What a site's own script does: collects calls before the widget is there, and notes what it is told. */
const SITE_SCRIPT = `
window.namesBefore = Object.keys(window);
window.told = [];
for (const name of ['ready', 'open', 'close', 'message', 'unread', 'handoff', 'error'])
  document.addEventListener('answerbox:' + name, (event) => window.told.push([name, event.detail]));
const wish = new URLSearchParams(location.search);
window.answerboxSettings = JSON.parse(wish.get('settings') ?? '{}');
window.Answerbox = function () { (Answerbox.q = Answerbox.q || []).push(arguments); };
if (wish.get('ask')) Answerbox('ask', wish.get('ask'));
`;

/** Styles that break widgets which do not shut themselves off. */
const SITE_STYLE = `
html { font-size: 62.5%; }
body { color: #c00; font: italic 30px/3 cursive; letter-spacing: 9px; text-align: right; direction: ltr; }
button, dialog, textarea, h2, p { display: none !important; background: #0f0 !important; }
`;

const PAGE = (box: string) => `<!doctype html>
<html lang="en"><head><title>A shop</title><link rel="stylesheet" href="/site.css">
<script src="/site.js"></script><script async src="${box}/widget.js" data-key="shop"></script></head>
<body><main><h1>A shop</h1><a href="#first">The shop's own link</a></main></body></html>`;

/** A shop's site under the strictest policy that the README names. */
export async function openForeignSite(): Promise<ForeignSite> {
  const site: ForeignSite = { origin: '', box: '', close: async () => undefined };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    if (path === '/site.js') return response.setHeader('content-type', 'text/javascript').end(SITE_SCRIPT);
    if (path === '/site.css') return response.setHeader('content-type', 'text/css').end(SITE_STYLE);
    if (path !== '/') return response.writeHead(204).end();
    const policy = `default-src 'self'; script-src 'self' ${site.box}; connect-src ${site.box}`;
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      .end(PAGE(site.box));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return site;
}
