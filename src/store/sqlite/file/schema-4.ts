/**
 * Schema version 4: incidents that people know of (what is null is not narrowed down), and the signatures of requests that wrote,
 * so that none is carried out twice.
 */
export const SCHEMA_4 = `
CREATE TABLE label (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, account TEXT, region TEXT,
  event_source TEXT, event_name TEXT, error_code TEXT, principal TEXT,
  start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, by_whom TEXT NOT NULL, at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE signed_write (
  signature TEXT PRIMARY KEY, at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
