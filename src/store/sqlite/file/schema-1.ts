/**
 * Schema version 1. Times are epoch seconds, minutes or milliseconds as their names say; days are epoch days, UTC.
 * Blobs: `cells` and `actors` are described in counts/, `keys` and `details` in seen/. Texts that may hold lone surrogates
 * are escaped (names/stored-text.ts).
 */
export const SCHEMA_1 = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lock (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  pid INTEGER NOT NULL, host TEXT NOT NULL, started_ms INTEGER NOT NULL, heartbeat_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
  ref INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, first_minute INTEGER, dirty_minute INTEGER
) STRICT;
CREATE TABLE series (
  ref INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_ref INTEGER NOT NULL REFERENCES account,
  account TEXT NOT NULL, region TEXT NOT NULL, category TEXT NOT NULL,
  event_source TEXT NOT NULL, event_name TEXT NOT NULL,
  calls INTEGER NOT NULL, errors INTEGER NOT NULL, reads INTEGER NOT NULL,
  first_minute INTEGER, last_minute INTEGER,
  UNIQUE (account, region, category, event_source, event_name)
) STRICT;
CREATE TABLE code (ref INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT;
INSERT INTO code VALUES (0, NULL);
CREATE TABLE actor_value (ref INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE cells (
  day INTEGER NOT NULL, series INTEGER NOT NULL REFERENCES series, cells BLOB NOT NULL,
  PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;
CREATE TABLE actors (
  day INTEGER NOT NULL, series INTEGER NOT NULL REFERENCES series, actors BLOB NOT NULL,
  PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;
CREATE TABLE past_cap (
  series INTEGER NOT NULL REFERENCES series, slot INTEGER NOT NULL, PRIMARY KEY (series, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_code (
  series INTEGER NOT NULL REFERENCES series, code INTEGER NOT NULL REFERENCES code,
  first_minute INTEGER NOT NULL, PRIMARY KEY (series, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE delta (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  cells BLOB NOT NULL, actors BLOB NOT NULL, past_cap BLOB NOT NULL, reads BLOB NOT NULL
) STRICT;

CREATE TABLE seen (
  ref INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account, day INTEGER NOT NULL,
  keys BLOB NOT NULL, details BLOB NOT NULL
) STRICT;
CREATE INDEX seen_by_day ON seen (account, day);
CREATE TABLE replacement (
  account INTEGER NOT NULL REFERENCES account, original BLOB NOT NULL, replacing BLOB NOT NULL,
  PRIMARY KEY (account, original, replacing)
) STRICT, WITHOUT ROWID;
CREATE INDEX replacement_by_replacing ON replacement (account, replacing);

CREATE TABLE ledger (
  source TEXT NOT NULL, key TEXT NOT NULL, version TEXT, sha256 TEXT, outcome TEXT NOT NULL, code TEXT,
  message TEXT, stored_bytes INTEGER NOT NULL, inflated_bytes INTEGER NOT NULL, framing TEXT,
  stamp_ms INTEGER, from_ms INTEGER, until_ms INTEGER,
  read INTEGER NOT NULL, counted INTEGER NOT NULL, duplicate INTEGER NOT NULL, late INTEGER NOT NULL,
  rejected INTEGER NOT NULL, insights INTEGER NOT NULL, conflicts INTEGER NOT NULL,
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE reject (
  ref INTEGER PRIMARY KEY, code TEXT NOT NULL, account TEXT, source TEXT NOT NULL, object_key TEXT NOT NULL,
  sample TEXT NOT NULL
) STRICT;
CREATE INDEX reject_by_code ON reject (code);
CREATE TABLE watermark (
  account INTEGER NOT NULL REFERENCES account, region TEXT NOT NULL, watermark_ms INTEGER NOT NULL,
  scored_ms INTEGER, PRIMARY KEY (account, region)
) STRICT, WITHOUT ROWID;

CREATE TABLE score (
  ref INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account,
  series INTEGER NOT NULL REFERENCES series, code INTEGER NOT NULL REFERENCES code,
  from_minute INTEGER NOT NULL, until_minute INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX score_by_account ON score (account, until_minute);
CREATE INDEX score_by_series ON score (series, until_minute);
CREATE TABLE expectation (
  series INTEGER NOT NULL REFERENCES series, code INTEGER NOT NULL REFERENCES code, day INTEGER NOT NULL,
  body TEXT NOT NULL, PRIMARY KEY (series, code, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE baseline (
  series INTEGER NOT NULL REFERENCES series, code INTEGER NOT NULL REFERENCES code, body TEXT NOT NULL,
  PRIMARY KEY (series, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE law (
  account INTEGER NOT NULL REFERENCES account, day INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE insight (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, category TEXT NOT NULL,
  event_source TEXT NOT NULL, event_name TEXT NOT NULL, insight_type TEXT NOT NULL, error_code TEXT,
  direction TEXT NOT NULL, state TEXT NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER,
  severity REAL NOT NULL, score REAL NOT NULL, principal TEXT, incident TEXT NOT NULL,
  status TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX insight_by_start ON insight (start_ms, id);
CREATE INDEX insight_by_severity ON insight (severity, id);
CREATE INDEX insight_by_score ON insight (score, id);
CREATE INDEX insight_by_account ON insight (account);
CREATE TABLE delivery (
  sink TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (sink, mark)
) STRICT, WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY, started_ms INTEGER NOT NULL, finished_ms INTEGER, report TEXT
) STRICT;
`
