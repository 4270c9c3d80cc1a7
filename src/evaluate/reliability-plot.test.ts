import { expect, it } from 'vitest';
import { reliabilityBins } from './calibration.ts';
import { reliabilityPlot } from './reliability-plot.ts';

it('puts each bin where its promised and kept shares are', () => {
  const judged = Array.from({ length: 40 }, (_, index) => ({
    confidence: index < 20 ? 0.25 : 0.75,
    right: index % 4 === 0 || index >= 20,
  }));
  const bins = reliabilityBins(judged);
  expect(bins).toHaveLength(10);
  expect(bins.reduce((sum, { answers }) => sum + answers, 0)).toBe(40);
  expect(bins[0]).toEqual({ answers: 4, promised: 0.25, kept: 0.25 });
  expect(bins[9]).toEqual({ answers: 4, promised: 0.75, kept: 1 });
  const svg = reliabilityPlot(bins, 'A < B');
  expect(svg).toContain('A &lt; B');
  expect(svg.match(/<circle/g)).toHaveLength(10);
  expect(svg).toContain('<circle cx="124" cy="284"'); // 44 + 0.25 × 320; 44 + 0.75 × 320
});

it('has fewer bins than ten when there are fewer answers, and none of none', () => {
  expect(reliabilityBins([{ confidence: 0.5, right: true }])).toHaveLength(1);
  expect(reliabilityBins([])).toEqual([]);
});
