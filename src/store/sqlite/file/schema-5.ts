/**
 * Schema version 5: which hours of deliveries each trail's digests speak for, in epoch hours; and files by the hash of their
 * bytes, so that a verified log can be told to have been read.
 */
export const SCHEMA_5 = `
CREATE TABLE coverage (
  account TEXT NOT NULL, region TEXT NOT NULL, trail TEXT NOT NULL,
  from_hour INTEGER NOT NULL, until_hour INTEGER NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (account, region, trail, from_hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_by_sha256 ON ledger (sha256);
`
