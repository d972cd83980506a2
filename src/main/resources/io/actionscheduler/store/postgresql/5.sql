-- Who changed an action, and how it was before.
CREATE TABLE scheduler_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  action_number bigint NOT NULL,
  action_text text NOT NULL,
  changed_at bigint NOT NULL,
  kind text NOT NULL,
  editor text NOT NULL,
  via text NOT NULL,
  request text NOT NULL,
  row_before text NOT NULL,
  row_after text NOT NULL
);
CREATE INDEX scheduler_change_action ON scheduler_change (action_number, action_text, id);

-- Answers to requests that may come again under the same key.
CREATE TABLE scheduler_request (
  client text NOT NULL,
  request_key text NOT NULL,
  fingerprint text NOT NULL,
  answered_at bigint NOT NULL,
  answer text NOT NULL,
  PRIMARY KEY (client, request_key)
);
CREATE INDEX scheduler_request_at ON scheduler_request (answered_at);
