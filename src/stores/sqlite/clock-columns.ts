/**
 * From when a ticket's due times are counted, and for how many minutes of business hours they stood still. Pauses of
 * before are not known; a ticket that was opened again is counted from then.
 */
export const CLOCK_COLUMNS = `
  ALTER TABLE tickets ADD COLUMN sla_from TEXT;
  ALTER TABLE tickets ADD COLUMN paused_minutes REAL NOT NULL DEFAULT 0;
  UPDATE tickets SET sla_from = (
    SELECT max(at) FROM desk_events WHERE desk_events.ticket = tickets.number AND type = 'ticket-change'
      AND data ->> '$.change.status[0]' IN ('resolved', 'closed') AND data ->> '$.change.status[1]' = 'open'
  ) WHERE reopened > 0;
  `;
