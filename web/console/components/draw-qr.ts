import { encodeQR } from 'qr';

/** White modules on each side, as ISO/IEC 18004 asks for. */
const QUIET = 4;

export interface QrDrawing {
  /** Modules a side, the quiet zone included. */
  size: number;
  /** SVG path of the dark modules, one unit each. */
  path: string;
}

/** A text as a QR code with a quarter of it to spare for glare and dirt (level Q). */
export function drawQr(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'quartile', border: QUIET });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: path.join('') };
}
