import { Fault } from '../base/fault.ts'
import type { StoreAudit, StoreReader, Tally } from './store.ts'

/** One thing `doctor` looked at. */
export interface Finding {
  readonly check: string
  readonly ok: boolean
  readonly words: string
}

/** Checks a store against itself: nothing in it may contradict anything else. */
export function checkStore(reader: StoreReader): readonly Finding[] {
  try {
    const audit = reader.audit()
    return CHECKS.map(([check, look]) => ({ check, ...look(audit) }))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [{ check: 'pages', ok: false, words: error.message }]
  }
}

type Look = (audit: StoreAudit) => Omit<Finding, 'check'>

const CHECKS: readonly (readonly [string, Look])[] = [
  [
    'pages',
    ({ quickCheck }) => {
      const words = quickCheck.join('; ')
      return { ok: words === 'ok', words: `SQLite finds: ${words}` }
    },
  ],
  ['schema', ({ schemaVersion }) => ({ ok: schemaVersion > 0, words: `version ${schemaVersion}` })],
  [
    'references',
    ({ foreignRows }) => ({ ok: foreignRows === 0, words: `${foreignRows} rows point nowhere` }),
  ],
  ['conservation', ({ totals }) => conservation(totals)],
  [
    'cells',
    ({ cellCalls, totals }) => equal('calls in cells', cellCalls, 'counted', totals.counted),
  ],
  [
    'series',
    ({ seriesAstray, seriesCalls, totals }) => ({
      ok: seriesAstray === 0 && seriesCalls === totals.counted,
      words: `${seriesAstray} series differ from their cells; ${seriesCalls} calls in series, ${totals.counted} counted`,
    }),
  ],
  [
    'events',
    ({ events, superseded, totals }) =>
      equal('events known', events, 'counted and superseded', totals.counted + superseded),
  ],
  ['ledger', ledger],
  ['objects', objects],
]

function conservation({
  read,
  counted,
  duplicate,
  late,
  rejected,
  insights,
}: Tally): Omit<Finding, 'check'> {
  return {
    ok: read === counted + duplicate + late + rejected + insights,
    words: `${read} read = ${counted} counted + ${duplicate} duplicate + ${late} late + ${rejected} rejected + ${insights} insight records`,
  }
}

function ledger({ ledger: kept, replaced, corrected, totals }: StoreAudit): Omit<Finding, 'check'> {
  const sums = {
    read: kept.read + replaced.read,
    counted: kept.counted + replaced.counted - corrected,
    duplicate: kept.duplicate + replaced.duplicate + corrected,
    late: kept.late + replaced.late,
    rejected: kept.rejected + replaced.rejected,
    insights: kept.insights + replaced.insights,
  }
  const astray = Object.entries(sums).filter(([part, sum]) => totals[part as keyof Tally] !== sum)
  const parts = astray.map(([part, sum]) => `${part} ${sum}, not ${totals[part as keyof Tally]}`)
  return {
    ok: astray.length === 0,
    words:
      astray.length === 0
        ? 'the files add up to the totals'
        : `the files add up to ${parts.join(', ')}`,
  }
}

function objects({ ledgerObjects, totals }: StoreAudit): Omit<Finding, 'check'> {
  const { done, partial, failed, skipped } = ledgerObjects
  const kept = totals.objects
  const ok =
    done === kept.done &&
    partial === kept.partial &&
    failed === kept.failed &&
    skipped === kept.skipped
  return { ok, words: `${done} done, ${partial} partial, ${failed} failed, ${skipped} skipped` }
}

function equal(what: string, found: number, as: string, expected: number): Omit<Finding, 'check'> {
  return { ok: found === expected, words: `${found} ${what}, ${expected} ${as}` }
}
