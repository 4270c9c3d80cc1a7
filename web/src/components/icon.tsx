const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clip: 'M19 11.5l-7 7a4.5 4.5 0 0 1-6.4-6.4l7.6-7.6a3 3 0 0 1 4.3 4.3l-7.6 7.6a1.5 1.5 0 0 1-2.2-2.2l6.5-6.5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  external: 'M14 5h5v5M19 5l-8 8M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5',
  file: 'M7 3.5h7l4 4V20a.5.5 0 0 1-.5.5h-10.5a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5ZM13.5 3.5V8H18',
  next: 'M5 12h14M13 6l6 6-6 6',
  offline:
    'M4 4l16 16M9 17a4.2 4.2 0 0 1 6 0M5.5 13.2A9.5 9.5 0 0 1 9 11M13.5 10.6a9.5 9.5 0 0 1 5 2.6M2.5 9.5A14 14 0 0 1 6 7M10.5 5.6a14 14 0 0 1 11 3.9',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  question: 'M9.3 9.2a2.8 2.8 0 1 1 4 2.5c-.9.5-1.3 1-1.3 2M12 16.6v.2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  restart: 'M4.5 5v4.5H9M5 9.5a7.5 7.5 0 1 1-.4 4.5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 8h8v8H8Z',
  thumb_down:
    'M17 3v11M17 14l-4 7a2.3 2.3 0 0 1-2.2-2.9L11.5 15H6.2a2 2 0 0 1-2-2.4l1.5-8A2 2 0 0 1 7.7 3H20v11h-3',
  thumb_up:
    'M7 21V10M7 10l4-7a2.3 2.3 0 0 1 2.2 2.900L12.5 9h5.300a2 2 0 0 1 2 2.400l-1.5 8a2 2 0 0 1-2 1.600H4V10h3',
  warning:
    'M12 9.500v4M12 16.800v.2M10.6 4.6 3.2 17.800A1.6 1.6 0 0 0 4.6 20.200h14.800a1.6 1.6 0 0 0 1.4-2.400L13.4 4.600a1.6 1.6 0 0 0-2.8 0Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A decoration: what it means is said in text beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
