/**
 * Schema version 8: the series of an account, series in the order they are listed in, and the days of a series, found without looking at
 * those of all accounts, of which an organisation has hundreds, and without asking for the many days on which a series had no calls.
 * Decisions are owed by account now: where one was, all accounts are decided again.
 */
export const SCHEMA_8 = `
CREATE INDEX series_by_account ON series (account_ref);
CREATE INDEX series_in_order ON series (account, region, category, event_source, event_name);
CREATE INDEX cells_by_series ON cells (series, day);
CREATE INDEX actors_by_series ON actors (series, day);
DELETE FROM meta WHERE name = 'decision-due';
`
