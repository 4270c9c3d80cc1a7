import type { ComponentChildren } from 'preact';

export interface Figure {
  name: string;
  value: ComponentChildren;
  detail?: string;
}

/** Numbers that are read at a glance. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ name, value, detail }) => (
        <div key={name} class="figure">
          <dt>{name}</dt>
          <dd>
            {value} {detail !== undefined && <small>{detail}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
