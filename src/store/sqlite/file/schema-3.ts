/**
 * Schema version 3: the order in which insights changed, for whoever follows them (0: before anybody could), and what people
 * switched on and off and say of insights.
 */
export const SCHEMA_3 = `
ALTER TABLE insight ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
CREATE INDEX insight_by_change ON insight (change);
CREATE TABLE selector (
  ref INTEGER PRIMARY KEY, account TEXT NOT NULL, insight_type TEXT NOT NULL, category TEXT NOT NULL,
  at_ms INTEGER NOT NULL, is_on INTEGER NOT NULL
) STRICT;
CREATE TABLE verdict (
  insight TEXT PRIMARY KEY, verdict TEXT NOT NULL, reason TEXT, note TEXT, by_whom TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
