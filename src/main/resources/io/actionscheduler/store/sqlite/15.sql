-- One table tells of the present outages of targets and of past ones.

DROP TABLE scheduler_outage;
ALTER TABLE scheduler_past_outage RENAME TO scheduler_outage;
DROP INDEX scheduler_past_outage_begun;
CREATE INDEX scheduler_outage_begun ON scheduler_outage (begun_at);
