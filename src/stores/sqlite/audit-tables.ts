/**
 * The beginning of the audit may be cut off, when it is older than it is to be kept: an anchor names the last line
 * that went and its hash, the chain goes on from there, and a line of the chain tells of it. Nothing else is
 * ever removed.
 */
export const AUDIT_ANCHORS = `
  CREATE TABLE audit_anchors (sequence INTEGER PRIMARY KEY, hash TEXT NOT NULL, at TEXT NOT NULL);
  CREATE TRIGGER audit_anchors_true BEFORE INSERT ON audit_anchors
    WHEN new.hash IS NOT (SELECT hash FROM audit WHERE sequence = new.sequence)
  BEGIN
    SELECT RAISE(ABORT, 'an anchor names a line of the audit and its hash');
  END;
  CREATE TRIGGER audit_anchors_unchanged BEFORE UPDATE ON audit_anchors BEGIN
    SELECT RAISE(ABORT, 'anchors of the audit are never changed');
  END;
  CREATE TRIGGER audit_anchors_kept BEFORE DELETE ON audit_anchors BEGIN
    SELECT RAISE(ABORT, 'anchors of the audit are never removed');
  END;
  DROP TRIGGER audit_kept;
  CREATE TRIGGER audit_kept BEFORE DELETE ON audit
    WHEN old.sequence > coalesce((SELECT max(sequence) FROM audit_anchors), 0)
  BEGIN
    SELECT RAISE(ABORT, 'lines of the audit are never removed');
  END;
  CREATE INDEX audit_actor ON audit(actor, sequence);
  CREATE INDEX audit_action ON audit(action, sequence);
`;
