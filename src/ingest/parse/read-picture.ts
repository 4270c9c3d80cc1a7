import { spawn } from 'node:child_process';

const OCR = {
  /** Seconds for one picture, 5…600; a page at 200 dpi takes about 3 on a slow core. */
  seconds: 60,
  /** Languages at once, 1…8: each makes it slower. English and what else is installed. */
  languages: 4,
  /** Bytes of text from one picture, 10,000…10,000,000. */
  outputBytes: 1_000_000,
} as const;

let languages: Promise<string | null> | null = null;

/** True when Debian's tesseract-ocr, or the same program from elsewhere, is installed with a language. */
export async function canReadPictures(): Promise<boolean> {
  return (await installedLanguages()) !== null;
}

/**
 * The text in a picture (PNG, JPEG, TIFF, WebP, GIF or BMP) by the program `tesseract`; '' when there is
 * none, null when it is not installed, fails or takes too long. Nothing is written to the disk.
 */
export async function readPicture(bytes: Uint8Array, signal?: AbortSignal): Promise<string | null> {
  const installed = await installedLanguages();
  if (installed === null) return null;
  // --psm 3: pages of any layout. Lines and paragraphs come in reading order.
  const output = await runTesseract(['stdin', 'stdout', '-l', installed, '--psm', '3'], bytes, signal);
  return output === null ? null : output.replace(/\f/g, '\n').trim();
}

async function installedLanguages(): Promise<string | null> {
  languages ??= runTesseract(['--list-langs'], new Uint8Array()).then((output) => {
    const found = (output ?? '').split('\n').slice(1);
    const names = found
      .map((name) => name.trim())
      .filter((name) => /^[a-z]{3}(?:_[a-z]+)?$/i.test(name) && name !== 'osd');
    const order = [...names.filter((name) => name === 'eng'), ...names.filter((name) => name !== 'eng')];
    return order.length === 0 ? null : order.slice(0, OCR.languages).join('+');
  });
  return languages;
}

/** Standard output; null when the program is missing, fails, takes too long or is aborted. */
function runTesseract(
  args: readonly string[],
  input: Uint8Array,
  signal?: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    // By itself it would take every core, and answers wait meanwhile; its own threads gain it little.
    const child = spawn('env', ['OMP_THREAD_LIMIT=1', 'tesseract', ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: OCR.seconds * 1_000,
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    });
    const output: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (data: Buffer) => {
      bytes += data.length;
      if (bytes > OCR.outputBytes) child.kill('SIGKILL');
      else output.push(data);
    });
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(output).toString('utf8') : null));
    // It may have ended before it read all of its input.
    child.stdin.on('error', () => undefined).end(input);
  });
}
