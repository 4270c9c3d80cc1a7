import { loadImage, createCanvas } from '@napi-rs/canvas';
import { expect, it, vi } from 'vitest';
import { openDocumentParts, zipOf } from '../testing/files/make-office.ts';
import { makePdf } from '../testing/files/make-pdf.ts';
import { drawPicture, slidesWithPicture, wordWithPictures } from '../testing/picture-files.ts';
import { takeFile } from '../testing/take-file.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const RED = drawPicture('#c01010');
const BLUE = drawPicture('#1030c0', 2_400, 800);
const CARE = 'Wash the jacket at thirty degrees with the zip closed.';
const LEAK = 'Press the valve until it clicks, then turn the ring.';

interface Listed {
  number: number;
  alt: string;
  page: number | null;
  width: number;
  height: number;
  url: string;
}

async function near({ http }: DeskServer, id: string, text: string, passage: string): Promise<Listed[]> {
  const start = text.indexOf(passage);
  expect(start, passage).toBeGreaterThanOrEqual(0);
  const path = `/api/v1/sources/${id}/pictures?start=${start}&end=${start + passage.length}`;
  const { status, body } = await http.call('GET', path);
  expect([status, body]).toEqual([200, { pictures: expect.any(Array) }]);
  return body.pictures;
}

async function colourOf(server: DeskServer, url: string): Promise<string> {
  const response = await fetch(server.url + url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
  const image = await loadImage(Buffer.from(await response.arrayBuffer()));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const [red = 0, , blue = 0] = context.getImageData(4, 4, 1, 1).data;
  return red > blue ? 'red' : 'blue';
}

it('a Word file shows beside a passage the picture under its heading', async () => {
  const server = await startDeskServer();
  const file = wordWithPictures([
    { heading: 'Care' },
    CARE,
    { alt: 'A jacket in the drum', picture: RED },
    { heading: 'Valve' },
    LEAK,
    { alt: 'The ring of the valve', picture: BLUE },
  ]);
  const { id, text } = await takeFile(server.app.knowledge, 'care.docx', file);
  const [care, ...others] = await near(server, id, text, CARE);
  expect(others).toEqual([]);
  expect(care).toMatchObject({ number: 1, alt: 'A jacket in the drum', page: null, width: 320, height: 200 });
  expect(await colourOf(server, care!.url)).toBe('red');
  const [ring] = await near(server, id, text, LEAK);
  // Made smaller, in its proportions.
  expect(ring).toMatchObject({ number: 2, alt: 'The ring of the valve', width: 1_600, height: 533 });
  expect(await colourOf(server, `${ring!.url}?size=thumbnail`)).toBe('blue');
  const whole = await server.http.call('GET', `/api/v1/sources/${id}/pictures`);
  expect(whole.body.pictures.map(({ number }: Listed) => number)).toEqual([1, 2]);
  expect((await server.http.call('GET', `/api/v1/sources/${id}/pictures/3`)).body.error.code).toBe(
    'not_found',
  );
});

it('slides, PDF pages, open documents, HTML and Markdown show theirs; what is far or no picture is left out', async () => {
  const server = await startDeskServer();
  const { knowledge } = server.app;
  const slides = await takeFile(knowledge, 'knots.pptx', slidesWithPicture(RED, 'A reef knot'));
  expect(await near(server, slides.id, slides.text, 'How to tie the reef knot.')).toMatchObject([
    { alt: 'A reef knot', page: 1 },
  ]);
  expect(await near(server, slides.id, slides.text, 'How to fold a sail.')).toEqual([]);

  const frame =
    '<text:p>Tighten both screws.<draw:frame><svg:desc>Two screws</svg:desc><draw:image xlink:href="Pictures/1.png" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame></text:p>';
  const open = zipOf({ ...openDocumentParts('text', frame), 'Pictures/1.png': RED });
  const odt = await takeFile(knowledge, 'screws.odt', open);
  expect(await near(server, odt.id, odt.text, 'Tighten both screws.')).toMatchObject([{ alt: 'Two screws' }]);

  const inline = `data:image/png;base64,${RED.toString('base64')}`;
  const script = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" width="300" height="300"/>').toString('base64')}`;
  const page = await takeFile(
    knowledge,
    'page.html',
    Buffer.from(
      `<main><h1>Filter</h1><p>${LEAK}</p><img src="${script}" alt="bad"><img src="https://elsewhere.example/a.png" alt="far"><p><img src="${inline}" alt="The filter"></p></main>`,
    ),
  );
  expect(await near(server, page.id, page.text, LEAK)).toMatchObject([{ number: 1, alt: 'The filter' }]);

  const text = `# Pump\n\n${CARE} ![The pump](${inline})\n\n## Other\n\n${LEAK}\n`;
  const markdown = await takeFile(knowledge, 'pump.md', Buffer.from(text));
  expect(markdown.text).not.toContain('base64');
  expect(markdown.text).not.toContain('held-picture');
  expect(markdown.text).toContain('The pump');
  expect(await near(server, markdown.id, markdown.text, CARE)).toMatchObject([{ alt: 'The pump' }]);
  expect(await near(server, markdown.id, markdown.text, LEAK)).toEqual([]);

  const jpeg = createCanvas(600, 800);
  jpeg.getContext('2d').fillStyle = '#c01010';
  jpeg.getContext('2d').fillRect(0, 0, 600, 800);
  const picture = { bytes: jpeg.toBuffer('image/jpeg'), width: 600, height: 800 };
  const scan = makePdf([[], []], { picture });
  const { documentId } = await knowledge.putDocument({
    ...(await import('../testing/synthetic-knowledge.ts')).syntheticDocument('scan.pdf', [CARE, LEAK]),
    mediaType: 'application/pdf',
    original: scan,
    chunks: [
      {
        ordinal: 0,
        headingPath: 'scan',
        text: CARE,
        start: 0,
        end: CARE.length,
        tokens: 9,
        pages: [{ page: 1, start: 0 }],
      },
      {
        ordinal: 1,
        headingPath: 'scan',
        text: LEAK,
        start: CARE.length + 2,
        end: CARE.length + 2 + LEAK.length,
        tokens: 9,
        pages: [{ page: 2, start: CARE.length + 2 }],
      },
    ],
  });
  const [second, ...more] = await near(server, documentId, `${CARE}\n\n${LEAK}`, LEAK);
  expect([second, more]).toMatchObject([{ page: 2, number: 2 }, []]);
  expect(await colourOf(server, second!.url)).toBe('red');
});

it('a picture beside a Markdown file is shown while it is open to the same readers, and read from nowhere else', async () => {
  const server = await startDeskServer();
  const { knowledge } = server.app;
  const { syntheticDocument } = await import('../testing/synthetic-knowledge.ts');
  const put = (audience: string) =>
    knowledge.putDocument({
      ...syntheticDocument('/guides/images/lid.png', ['Lid']),
      mediaType: 'image/png',
      original: RED,
      scope: { category: null, language: null, audience, validFrom: null, validUntil: null, owner: null },
    });
  await put('staff');
  const body = `# Lid\n\n${CARE}\n\n![The lid](images/lid.png) ![Gone](images/none.png) ![Passwords](/etc/passwd)\n`;
  const guide = await takeFile(knowledge, '/guides/lid.md', Buffer.from(body));
  expect(await near(server, guide.id, guide.text, CARE)).toEqual([]);
  await put('public');
  // The guide is read again when it changes, as its reading is kept.
  const again = await takeFile(knowledge, '/guides/lid.md', Buffer.from(`${body}\nMore.\n`));
  expect(await near(server, again.id, again.text, CARE)).toMatchObject([{ alt: 'The lid' }]);
  const lid = await knowledge.findBySource('/guides/images/lid.png');
  await knowledge.removeDocument(lid!.id);
  expect(await near(server, again.id, again.text, CARE)).toEqual([]);
});

it('customers see pictures of what they are answered from, staff those of the rest; nothing is kept in between', async () => {
  const server = await startDeskServer();
  const { knowledge } = server.app;
  const file = wordWithPictures([CARE, { alt: 'Plan', picture: RED }]);
  const open = await takeFile(knowledge, 'open.docx', file);
  const inner = await takeFile(knowledge, 'inner.docx', file, 'staff');
  const agent = await server.signIn('agent');
  for (const path of ['', '/1', '/1?size=thumbnail']) {
    expect((await server.http.call('GET', `/api/v1/sources/${open.id}/pictures${path}`)).status).toBe(200);
    const refused = await server.http.call('GET', `/api/v1/sources/${inner.id}/pictures${path}`);
    expect([refused.status, refused.body.error?.code]).toEqual([404, 'document_not_found']);
    expect((await agent.call('GET', `/api/v1/sources/${inner.id}/pictures${path}`)).status).toBe(200);
  }
  const first = await fetch(`${server.url}/api/v1/sources/${open.id}/pictures/1`);
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  expect(first.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  const etag = first.headers.get('etag')!;
  const path = `/api/v1/sources/${open.id}/pictures/1`;
  expect((await server.http.call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const small = await server.http.call('GET', `${path}?size=thumbnail`, {
    headers: { 'if-none-match': etag },
  });
  expect(small.status).toBe(200);
  await knowledge.removeDocument(open.id);
  expect((await server.http.call('GET', path)).status).toBe(404);
});
