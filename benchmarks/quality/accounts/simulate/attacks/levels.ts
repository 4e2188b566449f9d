import type { ApiSeries, AttackKind, Label, Principal } from '../account-work.ts'
import { PER_DAY } from '../calendar.ts'
import { machineApi, PAGES } from '../catalogue.ts'
import { keyOf } from '../work-log.ts'
import type { Scene } from './scene.ts'

/** A stretch in which a series runs at a multiple of what it would. */
export interface Lift {
  readonly kind: AttackKind
  readonly series: ApiSeries
  readonly startWindow: number
  readonly days: number
  /** What its calls are multiplied with on a day of the stretch, counted from 0. */
  readonly factorOn: (day: number) => number
}

/** Multiplies a series' calls by its own loudest caller, so that nobody new gives it away. */
export function lift(scene: Scene, { kind, series, startWindow, days, factorOn }: Lift): Label {
  const endWindow = startWindow + days * PER_DAY
  const principal = loudestOf(scene, series)
  const { at, count } = series.calls.counts
  for (let cell = 0; cell < at.length; cell++) {
    const window = at[cell] as number
    if (window < startWindow || window >= endWindow) continue
    const factor = factorOn(Math.floor((window - startWindow) / PER_DAY))
    const more = (count[cell] as number) * (factor - 1)
    // Rounded by chance, so that small counts rise by as much as large ones.
    const extra = Math.floor(more + scene.random.uniform())
    const rest = { api: apiOf(series), region: series.region, principal, errorCode: null }
    if (extra > 0) scene.record({ ...rest, window, count: extra })
  }
  return { kind, startWindow, endWindow, keys: [series.key], principal: principal.name }
}

function loudestOf({ principals }: Scene, { calls: { actors } }: ApiSeries): Principal {
  const sums = new Float64Array(principals.length)
  actors.who.forEach((who, cell) => {
    sums[who] = (sums[who] as number) + (actors.count[cell] as number)
  })
  return principals[sums.indexOf(Math.max(...sums))] as Principal
}

/** The API behind a series, whether of the catalogue or a machine's own. */
function apiOf({ key, region, service }: ApiSeries) {
  const known = PAGES.flat().find((api) => keyOf(region, api) === key)
  return known ?? machineApi(service, key.split(' ')[2] ?? '')
}
