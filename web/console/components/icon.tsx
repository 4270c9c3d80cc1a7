const PATHS = {
  alert: 'M12 9v4M12 17h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.900a2 2 0 0 0-3.4 0Z',
  assign:
    'M15 20v-1.500A3.5 3.5 0 0 0 11.5 15h-5A3.5 3.5 0 0 0 3 18.500V20M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M19 8v6M22 11h-6',
  back: 'M15 18l-6-6 6-6',
  board: 'M4 4h4.500v16H4ZM10 4h4.500v10H10ZM16 4h4.500v13H16Z',
  book: 'M4 5a2 2 0 0 1 2-2h14v16H6a2 2 0 0 0-2 2ZM4 21V5M20 15H6a2 2 0 0 0-2 2',
  chart: 'M4 20V10M10 20V4M16 20v-7M22 20H2',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  chevron: 'M9 6l6 6-6 6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 2',
  close: 'M6 6l12 12M18 6L6 18',
  command: 'M9 6a3 3 0 1 0-3 3h12a3 3 0 1 0-3-3v12a3 3 0 1 0 3-3H6a3 3 0 1 0 3 3Z',
  customers:
    'M16 20v-1.500a4 4 0 0 0-4-4H7a4 4 0 0 0-4 4V20M9.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M21 20v-1.500a4 4 0 0 0-3-3.800M16 4.200a3.5 3.5 0 0 1 0 6.6',
  down: 'M6 9l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  external: 'M14 5h5v5M19 5l-8 8M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5',
  filter: 'M4 6h16M7 12h10M10 18h4',
  handback: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 6 6v4',
  health: 'M3 12h4l2.5-7 5 14 2.5-7h4',
  inbox: 'M4 13l2.5-8h11L20 13v6H4ZM4 13h5l1.5 2.500h3L15 13h5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1',
  live: 'M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7.5 16.500a6.4 6.4 0 0 1 0-9M16.5 7.500a6.4 6.4 0 0 1 0 9M4.5 19.500a10.6 10.6 0 0 1 0-15M19.5 4.500a10.6 10.6 0 0 1 0 15',
  macro: 'M13 3 5 13.500h6L10 21l9-11h-6.500Z',
  menu: 'M4 6h16M4 12h16M4 18h16',
  merge: 'M7 20V13a5 5 0 0 1 5-5h5M13 4l4 4-4 4M7 4v4',
  models: 'M12 3l8 4.500v9L12 21l-8-4.500v-9ZM12 12l8-4.500M12 12v9M12 12 4 7.5',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500Z',
  more: 'M5.5 12.5h-1v-1h1ZM12.5 12.5h-1v-1h1ZM19.5 12.5h-1v-1h1Z',
  note: 'M5 4h14v10l-5 6H5ZM14 20v-6h5M8.5 8.500h7M8.5 12h4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  plus: 'M12 5v14M5 12h14',
  reply: 'M10 9V5l-7 7 7 7v-4c5 0 8.5 1.5 11 5-1-6-4-10-11-11Z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  send: 'M4 12 20 4l-4 16-4.5-6.500ZM11.5 13.5 20 4',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  spark: 'M12 3l1.9 5.600L19.5 10.500l-5.6 1.900L12 18l-1.9-5.600L4.5 10.500l5.6-1.900ZM19 16v4M21 18h-4',
  sun: 'M12 16.500a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M12 2v2M12 20v2M4.5 4.5 6 6M18 18l1.5 1.500M2 12h2M20 12h2M4.5 19.5 6 18M18 6l1.5-1.5',
  tag: 'M4 4h8l8.5 8.5-8 8L4 12ZM8 8h.01',
  ticket: 'M4 7h16v3.500a1.5 1.5 0 0 0 0 3V17H4v-3.500a1.5 1.5 0 0 0 0-3ZM14.5 7v10',
  undo: 'M8 13 4 9l4-4M4 9h10a5.5 5.5 0 0 1 0 11h-4',
} as const;

export type IconName = keyof typeof PATHS;

/** A decoration: what it means is said in text beside it, or by its button's name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
