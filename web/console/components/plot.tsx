import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Series {
  name: string;
  values: readonly number[];
}

interface PlotProps {
  /** What it shows; the numbers themselves are in a table beside it. */
  label: string;
  names: readonly string[];
  series: readonly Series[];
  kind: 'bars' | 'line';
}

const HEIGHT = 200;
/** The console's colours that stand apart in light and dark, also for who sees few colours: they differ in lightness. */
const COLOURS = ['--accent', '--info', '--warning'];

/** A plot of a few series over days or names. */
export function Plot({ label, names, series, kind }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const content = JSON.stringify([names, series, kind]);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const draw = () => new uPlot(optionsOf(element, names, series, kind), dataOf(names, series), element);
    let chart = draw();
    const sized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    sized.observe(element);
    // Another theme has other colours, and a canvas keeps those it was drawn in.
    const themed = new MutationObserver(() => {
      chart.destroy();
      chart = draw();
    });
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      sized.disconnect();
      themed.disconnect();
      chart.destroy();
    };
  }, [content]);
  return (
    <figure class="plot">
      <div ref={place} role="img" aria-label={label} />
      {series.length > 1 && (
        <figcaption class="plot-legend" aria-hidden="true">
          {series.map(({ name }, index) => (
            <span key={name}>
              <i style={{ background: `var(${COLOURS[index % COLOURS.length]})` }} /> {name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}

function dataOf(names: readonly string[], series: readonly Series[]): uPlot.AlignedData {
  return [names.map((_, index) => index), ...series.map(({ values }) => [...values])];
}

function optionsOf(
  element: HTMLElement,
  names: readonly string[],
  series: readonly Series[],
  kind: PlotProps['kind'],
): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour('--muted'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const bars = uPlot.paths.bars?.({ size: [0.6, 48] });
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.5, Math.max(names.length, 1) - 0.5] },
      y: { range: (_chart, _least, most) => [0, Math.max(1, most * 1.1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        incrs: [1, 2, 5, 7, 14, 30, 60, 90, 180, 365],
        space: kind === 'bars' ? 90 : 70,
        values: (_chart, places) => places.map((index) => names[index] ?? ''),
      },
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 100_000], size: 44 },
    ],
    series: [
      {},
      ...series.map(({ name }, index): uPlot.Series => {
        const stroke = colour(COLOURS[index % COLOURS.length]!);
        return {
          label: name,
          stroke,
          width: 2,
          points: { show: kind === 'line' && names.length < 60, size: 5 },
          ...(kind === 'bars' && bars && { paths: bars, fill: stroke }),
        };
      }),
    ],
  };
}
