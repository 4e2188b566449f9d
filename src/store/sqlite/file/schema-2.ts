/**
 * Schema version 2: scores of aggregates, sums over many APIs. `region` is null where Regions are joined, `principal`
 * where callers are. Every account is scored again, since no earlier store has any.
 */
export const SCHEMA_2 = `
CREATE TABLE aggregate_score (
  ref INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account,
  aggregate TEXT NOT NULL, region TEXT, principal TEXT,
  from_minute INTEGER NOT NULL, until_minute INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX aggregate_score_by_account ON aggregate_score (account, until_minute);
UPDATE account SET dirty_minute = first_minute;
`
