/**
 * Schema version 6: expectations by day first. A day is written at once, of all series: by series first, each of its rows would
 * lie on a page of its own, and a run would write every page of the table once a day.
 */
export const SCHEMA_6 = `
CREATE TABLE expectation_by_day (
  account INTEGER NOT NULL REFERENCES account, day INTEGER NOT NULL,
  series INTEGER NOT NULL REFERENCES series, code INTEGER NOT NULL REFERENCES code,
  body TEXT NOT NULL, PRIMARY KEY (account, day, series, code)
) STRICT, WITHOUT ROWID;
INSERT INTO expectation_by_day
  SELECT series.account_ref, day, series, code, body FROM expectation JOIN series ON series.ref = expectation.series
  ORDER BY 1, 2, 3, 4;
DROP TABLE expectation;
ALTER TABLE expectation_by_day RENAME TO expectation;
CREATE INDEX expectation_by_series ON expectation (series, code, day);
`
