/**
 * The desk. `threads` is the staff's side of `conversations`; triggers make the thread of a conversation and the
 * event of a message, so that no writer can store one without the other.
 */
export const DESK_TABLES = `
  ALTER TABLE messages ADD COLUMN author TEXT;

  CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    name TEXT, email TEXT, email_key TEXT, phone TEXT,
    subject TEXT UNIQUE,
    language TEXT,
    vip INTEGER NOT NULL DEFAULT 0,
    notes TEXT NOT NULL DEFAULT '',
    attributes TEXT NOT NULL DEFAULT '{}',
    merged_into TEXT REFERENCES customers(id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE INDEX customers_email ON customers(email_key) WHERE email_key IS NOT NULL;
  CREATE INDEX customers_updated ON customers(updated_at, id);
  CREATE TABLE consents (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id TEXT NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
    purpose TEXT NOT NULL, given INTEGER NOT NULL, source TEXT NOT NULL, "by" TEXT NOT NULL, at TEXT NOT NULL
  );
  CREATE INDEX consents_customer ON consents(customer_id, sequence);

  CREATE TABLE tickets (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    priority INTEGER NOT NULL,
    category TEXT,
    assignee_id TEXT,
    team_id TEXT,
    customer_id TEXT REFERENCES customers(id) ON DELETE SET NULL,
    contact TEXT NOT NULL,
    tags TEXT NOT NULL DEFAULT '[]',
    source TEXT NOT NULL,
    handover TEXT,
    snoozed_until TEXT,
    paused_at TEXT,
    first_response_due TEXT, resolution_due TEXT,
    first_response_warn_at TEXT, resolution_warn_at TEXT,
    sla_told INTEGER NOT NULL DEFAULT 0,
    first_response_at TEXT, resolved_at TEXT, closed_at TEXT,
    reopened INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES tickets(number),
    csat_rating INTEGER, csat_comment TEXT, csat_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE INDEX tickets_updated ON tickets(updated_at, number);
  CREATE INDEX tickets_status ON tickets(status, updated_at, number);
  CREATE INDEX tickets_priority ON tickets(priority, number);
  CREATE INDEX tickets_due ON tickets(coalesce(resolution_due, '9'), number) WHERE status IN ('open', 'pending');
  CREATE INDEX tickets_status_due ON tickets(status, coalesce(resolution_due, '9'), number);
  CREATE INDEX tickets_assignee ON tickets(assignee_id, status, updated_at, number);
  CREATE INDEX tickets_team ON tickets(team_id, status, updated_at, number) WHERE team_id IS NOT NULL;
  CREATE INDEX tickets_customer ON tickets(customer_id, updated_at, number) WHERE customer_id IS NOT NULL;
  CREATE INDEX tickets_category ON tickets(category, updated_at, number) WHERE category IS NOT NULL;
  CREATE INDEX tickets_created ON tickets(created_at);
  CREATE TABLE ticket_tags (
    tag TEXT NOT NULL, number INTEGER NOT NULL REFERENCES tickets(number) ON DELETE CASCADE,
    PRIMARY KEY (tag, number)
  ) WITHOUT ROWID;
  CREATE INDEX ticket_tags_number ON ticket_tags(number);
  CREATE TABLE ticket_links (
    one INTEGER NOT NULL REFERENCES tickets(number) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES tickets(number) ON DELETE CASCADE,
    PRIMARY KEY (one, other)
  ) WITHOUT ROWID;
  -- One document a ticket: its subject, its people, what was written. Holds no text of its own.
  CREATE VIRTUAL TABLE ticket_words USING fts5(
    subject, people, body, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2'
  );

  CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL UNIQUE REFERENCES conversations(id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'assistant',
    ticket INTEGER REFERENCES tickets(number),
    customer_id TEXT REFERENCES customers(id) ON DELETE SET NULL,
    assignee_id TEXT,
    team_id TEXT,
    subject TEXT NOT NULL DEFAULT '',
    language TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    last_sequence INTEGER NOT NULL DEFAULT 0,
    last_customer_sequence INTEGER NOT NULL DEFAULT 0,
    staff_read INTEGER NOT NULL DEFAULT 0,
    customer_read INTEGER NOT NULL DEFAULT 0,
    last_text TEXT NOT NULL DEFAULT '',
    last_role TEXT NOT NULL DEFAULT '',
    waiting_since TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE INDEX threads_updated ON threads(updated_at, id);
  CREATE INDEX threads_state ON threads(state, updated_at, id);
  CREATE INDEX threads_assignee ON threads(assignee_id, state) WHERE assignee_id IS NOT NULL;
  CREATE INDEX threads_ticket ON threads(ticket) WHERE ticket IS NOT NULL;
  CREATE INDEX threads_customer ON threads(customer_id) WHERE customer_id IS NOT NULL;
  CREATE INDEX threads_unread ON threads(updated_at) WHERE last_customer_sequence > staff_read;

  CREATE TABLE desk_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread_id TEXT REFERENCES threads(id) ON DELETE CASCADE,
    sequence INTEGER,
    ticket INTEGER,
    type TEXT NOT NULL,
    visibility TEXT NOT NULL,
    actor_kind TEXT NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL,
    at TEXT NOT NULL,
    message_id TEXT,
    data TEXT NOT NULL DEFAULT '{}'
  );
  CREATE UNIQUE INDEX desk_events_thread ON desk_events(thread_id, sequence) WHERE thread_id IS NOT NULL;
  CREATE INDEX desk_events_ticket ON desk_events(ticket, position) WHERE ticket IS NOT NULL;
  CREATE INDEX desk_events_at ON desk_events(at);

  CREATE TRIGGER conversations_get_threads AFTER INSERT ON conversations BEGIN
    INSERT INTO threads (id, conversation_id, created_at, updated_at)
    VALUES (lower(hex(randomblob(16))), new.id, new.created_at, new.created_at);
  END;
  CREATE TRIGGER messages_become_events AFTER INSERT ON messages BEGIN
    UPDATE threads SET
      last_sequence = last_sequence + 1,
      last_customer_sequence = iif(new.role = 'customer', last_sequence + 1, last_customer_sequence),
      subject = iif(subject = '' AND new.role = 'customer', substr(new.text, 1, 120), subject),
      last_text = substr(new.text, 1, 200),
      last_role = new.role,
      updated_at = new.created_at
    WHERE conversation_id = new.conversation_id;
    INSERT INTO desk_events
      (id, thread_id, sequence, ticket, type, visibility, actor_kind, actor_id, actor_name, at, message_id)
    SELECT new.id, id, last_sequence, ticket, 'message-add', 'all', new.role, '', coalesce(new.author, ''),
      new.created_at, new.id
    FROM threads WHERE conversation_id = new.conversation_id;
  END;

  CREATE TABLE drafts (
    user_id TEXT NOT NULL, thread_id TEXT NOT NULL REFERENCES threads(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, text TEXT NOT NULL, data TEXT NOT NULL, updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, thread_id, kind)
  ) WITHOUT ROWID;
  CREATE TABLE draft_uses (
    message_id TEXT PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    shown INTEGER NOT NULL, inserted INTEGER NOT NULL, edited_share REAL NOT NULL, at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE library (
    kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, updated_at TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;

  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, events TEXT NOT NULL,
    description TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL
  );
  CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, target TEXT NOT NULL, payload TEXT NOT NULL, type TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending', attempts INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL,
    last_error TEXT, created_at TEXT NOT NULL
  );
  CREATE INDEX outbox_due ON outbox(next_at, sequence) WHERE state = 'pending';
  CREATE INDEX outbox_state ON outbox(state, sequence);

  INSERT INTO threads (id, conversation_id, created_at, updated_at, last_sequence, last_customer_sequence, subject)
  SELECT lower(hex(randomblob(16))), conversations.id, created_at, created_at,
    (SELECT count(*) FROM messages WHERE conversation_id = conversations.id),
    (SELECT count(*) FROM messages WHERE conversation_id = conversations.id AND role = 'customer'),
    coalesce((SELECT substr(text, 1, 120) FROM messages
      WHERE conversation_id = conversations.id AND role = 'customer' ORDER BY sequence LIMIT 1), '')
  FROM conversations;
  UPDATE threads SET staff_read = last_sequence;
  INSERT INTO desk_events
    (id, thread_id, sequence, type, visibility, actor_kind, actor_id, actor_name, at, message_id)
  SELECT messages.id, threads.id,
    row_number() OVER (PARTITION BY messages.conversation_id ORDER BY messages.sequence),
    'message-add', 'all', messages.role, '', '', messages.created_at, messages.id
  FROM messages JOIN threads ON threads.conversation_id = messages.conversation_id
  ORDER BY messages.sequence;
`;
