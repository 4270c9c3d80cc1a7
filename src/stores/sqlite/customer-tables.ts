/**
 * When a customer's conversations and tickets that are gone, or nobody's any more, were last touched: without it,
 * who wrote last year would count as never having come back. Of those of before it is not known: they count from now.
 */
export const CUSTOMER_SEEN = `
  ALTER TABLE customers ADD COLUMN seen_at TEXT;
  UPDATE customers SET seen_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
  CREATE INDEX customers_merged ON customers(merged_into) WHERE merged_into IS NOT NULL;
  CREATE TRIGGER customers_seen_thread_gone AFTER DELETE ON threads WHEN OLD.customer_id IS NOT NULL BEGIN
    UPDATE customers SET seen_at = max(coalesce(seen_at, ''), OLD.updated_at) WHERE id = OLD.customer_id;
  END;
  CREATE TRIGGER customers_seen_thread_left AFTER UPDATE OF customer_id ON threads
  WHEN OLD.customer_id IS NOT NULL AND NEW.customer_id IS NOT OLD.customer_id BEGIN
    UPDATE customers SET seen_at = max(coalesce(seen_at, ''), OLD.updated_at) WHERE id = OLD.customer_id;
  END;
  CREATE TRIGGER customers_seen_ticket_gone AFTER DELETE ON tickets WHEN OLD.customer_id IS NOT NULL BEGIN
    UPDATE customers SET seen_at = max(coalesce(seen_at, ''), OLD.updated_at) WHERE id = OLD.customer_id;
  END;
  `;
