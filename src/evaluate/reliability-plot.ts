import type { ReliabilityBin } from './calibration.ts';

const SIZE = 320;
const MARGIN = 44;

/** A reliability diagram as SVG: promised against kept share of right answers, with the ideal as a diagonal. */
export function reliabilityPlot(bins: readonly ReliabilityBin[], title: string): string {
  const x = (share: number): number => Math.round(MARGIN + share * SIZE);
  const y = (share: number): number => Math.round(MARGIN + (1 - share) * SIZE);
  const total = SIZE + 2 * MARGIN;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<path d="M${x(share)} ${y(0)}v5M${x(0)} ${y(share)}h-5" stroke="#555"/>`,
    `<text x="${x(share)}" y="${y(0) + 18}" text-anchor="middle">${share}</text>`,
    `<text x="${x(0) - 9}" y="${y(share) + 4}" text-anchor="end">${share}</text>`,
  ]);
  const points = bins.map(
    ({ promised, kept, answers }) =>
      `<circle cx="${x(promised)}" cy="${y(kept)}" r="4" fill="#0b57d0"><title>${answers} answers: promised ${promised.toFixed(2)}, right ${kept.toFixed(2)}</title></circle>`,
  );
  const line = bins.map(({ promised, kept }) => `${x(promised)},${y(kept)}`).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${total}" viewBox="0 0 ${total} ${total}" font-family="sans-serif" font-size="12">`,
    `<rect width="${total}" height="${total}" fill="#fff"/>`,
    `<text x="${total / 2}" y="20" text-anchor="middle" font-size="14">${escape(title)}</text>`,
    `<rect x="${x(0)}" y="${y(1)}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#555"/>`,
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#999" stroke-dasharray="5 4"/>`,
    ...ticks,
    `<polyline points="${line}" fill="none" stroke="#0b57d0"/>`,
    ...points,
    `<text x="${total / 2}" y="${total - 6}" text-anchor="middle">confidence promised</text>`,
    `<text x="12" y="${total / 2}" text-anchor="middle" transform="rotate(-90 12 ${total / 2})">share right</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
