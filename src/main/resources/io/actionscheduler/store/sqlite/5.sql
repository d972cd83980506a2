-- Who changed an action, and how it was before.
CREATE TABLE scheduler_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action_number INTEGER NOT NULL,
  action_text TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  editor TEXT NOT NULL,
  via TEXT NOT NULL,
  request TEXT NOT NULL,
  row_before TEXT NOT NULL,
  row_after TEXT NOT NULL
);
CREATE INDEX scheduler_change_action ON scheduler_change (action_number, action_text, id);

-- Answers to requests that may come again under the same key.
CREATE TABLE scheduler_request (
  client TEXT NOT NULL,
  request_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (client, request_key)
);
CREATE INDEX scheduler_request_at ON scheduler_request (answered_at);
