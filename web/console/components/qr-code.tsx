import { useMemo } from 'preact/hooks';
import { drawQr } from './draw-qr.ts';

interface QrCodeProps {
  text: string;
  /** What it leads to, for who can't see it. */
  label: string;
}

/** Dark on white in either theme: cameras read nothing else surely. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => drawQr(text), [text]);
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
