import type { Contender } from '../measure/sample.ts'

/** Every contender's module, loaded only in the process that needs it. */
const CONTENDERS: Readonly<Record<string, () => Promise<Contender>>> = {
  gunzip: async () => (await import('./gunzip.ts')).gunzip,
  'json-parse': async () => (await import('./json-parse.ts')).jsonParse,
  'duckdb-struct': async () => (await import('./duckdb.ts')).duckdbStruct,
  'duckdb-objects': async () => (await import('./duckdb.ts')).duckdbObjects,
  clickhouse: async () => (await import('./clickhouse.ts')).clickhouse,
  native: async () => (await import('./native.ts')).native,
  jq: async () => (await import('./jq.ts')).jq,
  count: async () => (await import('./count.ts')).count,
  run: async () => (await import('./whole-run.ts')).wholeRun,
  'scheduled-run': async () => (await import('./scheduled-run.ts')).scheduledRun,
  'store-ours': async () => (await import('./store.ts')).storeOurs,
  'store-rows': async () => (await import('./store.ts')).storeRows,
  'scoring-rates': async () => (await import('./scoring.ts')).scoringRates,
  'scoring-days': async () => (await import('./scoring.ts')).scoringDays,
  'http-store': async () => (await import('./http-store.ts')).httpStore,
  'http-rate-ours': async () => (await import('./http-rate.ts')).httpRateOurs,
  'http-rate-bare': async () => (await import('./http-rate.ts')).httpRateBare,
  'http-beside-run': async () => (await import('./http-latency.ts')).httpBesideRun,
  'http-beside-slow': async () => (await import('./http-latency.ts')).httpBesideSlow,
}

/** Loads a contender. Throws where there is none of that name. */
export async function contenderOf(name: string): Promise<Contender> {
  const load = CONTENDERS[name]
  if (load === undefined) throw new Error(`no contender is called ${name}`)
  return await load()
}
