/**
 * Schema version 7: scores by how much they surprise. Most are kept for looser budgets than anybody asks for, and deciding would
 * read all of a history's each time. Those that say a level still stands always matter: they surprise without end, as do those whose
 * surprise JSON has no number for.
 */
export const SCHEMA_7 = ['score', 'aggregate_score']
  .map(
    (table) => `
ALTER TABLE ${table} ADD COLUMN surprise REAL;
UPDATE ${table} SET surprise = CASE
  WHEN body ->> '$.unconfirmed' OR json_type(body, '$.surprise') NOT IN ('real', 'integer') THEN 9e999
  ELSE body ->> '$.surprise' END;
CREATE INDEX ${table}_by_surprise ON ${table} (account, surprise);
`,
  )
  .join('')
