import { dayOf, windowsPerDay } from '../../../models/index.ts'
import { Fault } from '../../base/fault.ts'
import type { Settings } from '../../base/settings.ts'
import { rfc3339 } from '../../base/times.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import { completeWindows } from '../account-history.ts'
import { type InjectedAccount, injectedAccount } from './account.ts'
import { heardIn } from './heard.ts'
import { INCIDENT_KINDS, type IncidentKind, windowsOf } from './incident.ts'
import { drawMoments } from './moments.ts'
import { type Probe, probeOf, windowsWatched } from './probe.ts'
import { type KindAnswer, kindAnswer } from './sizes.ts'

/** What is planted, where and when. */
export interface InjectAsk {
  /** APIs; one that was never called is allowed. */
  readonly apis: readonly SeriesRow[]
  readonly kinds: readonly IncidentKind[]
  /** The sizes tried of a kind; none: only the smallest that is found is looked for. */
  readonly sizesOf: (kind: IncidentKind) => readonly number[]
  /** Of planted errors. */
  readonly errorCode: string | null
  /** Epoch milliseconds; none: `repeats` of them are drawn by the seed. */
  readonly moments: readonly number[]
  readonly repeats: number
  readonly seed: number
}

/** How well incidents of one API would have been found. */
export interface ApiAnswer {
  readonly series: SeriesRow
  /** Begins of the incidents, epoch milliseconds; in those that are `disturbed` an anomaly stood as history is. */
  readonly moments: readonly { readonly atMs: number; readonly disturbed: boolean }[]
  readonly kinds: readonly KindAnswer[]
}

/** How far a long search has come. */
export interface InjectProgress {
  readonly series: SeriesRow
  readonly kind: IncidentKind
  readonly size: number
}

/** An API with the moments it is tried at. */
interface Trial {
  readonly series: SeriesRow
  readonly probe: Probe
  readonly moments: readonly number[]
}

/**
 * Plants incidents into the history of APIs, in memory, and says of which sizes they would have been found with these settings.
 * Throws `USAGE` where an incident would not lie within the history, `NOT_ENOUGH_BASELINE` where there is too little of it, and
 * `SETTINGS_INVALID` where the store is scored in windows of another length.
 */
export function* inject(
  store: StoreReader,
  settings: Settings,
  ask: InjectAsk,
  onProgress: (progress: InjectProgress) => void = () => {},
): Generator<ApiAnswer> {
  const { windowMinutes } = settings
  const scoredOn = store.meta('window-minutes')
  if (scoredOn !== null && Number(scoredOn) !== windowMinutes) {
    throw new Fault(
      'SETTINGS_INVALID',
      `this store is scored in windows of ${scoredOn} minutes, not ${windowMinutes}: run with these settings first`,
    )
  }
  const accounts = new Map<string, InjectedAccount>()
  const trials: Trial[] = []
  const accountOf = (account: string) => () => {
    const known =
      accounts.get(account) ?? loaded(store, account, { trials, kinds: ask.kinds, settings })
    accounts.set(account, known)
    return known
  }
  const heard = heardIn(store, settings)
  for (const series of ask.apis) {
    const { account, region } = series
    const span = { untilMinute: Number.POSITIVE_INFINITY, windowMinutes }
    const untilWindow = completeWindows(store, account, span).get(region) ?? 0
    const probe = probeOf(
      store,
      { series, errorCode: ask.errorCode, untilWindow },
      { heard, windowMinutes, accountOf: accountOf(account) },
    )
    const moments = momentsFor(store, { series, probe, untilWindow, windowMinutes }, ask)
    trials.push({ series, probe, moments })
  }
  for (const { series, probe, moments } of trials) {
    yield {
      series,
      moments: moments.map((window) => ({
        atMs: window * windowMinutes * 60_000,
        disturbed: probe.isDisturbed(window, window + 1),
      })),
      kinds: ask.kinds.map((kind) =>
        kindAnswer(probe, { kind, moments, sizes: ask.sizesOf(kind) }, (size) =>
          onProgress({ series, kind, size }),
        ),
      ),
    }
  }
}

/** The windows in which incidents begin. */
function momentsFor(
  store: StoreReader,
  {
    series,
    probe,
    untilWindow,
    windowMinutes,
  }: { series: SeriesRow; probe: Probe; untilWindow: number; windowMinutes: number },
  { moments, kinds, repeats, seed }: InjectAsk,
): readonly number[] {
  const firstMinute = store
    .accounts()
    .find(({ account }) => account === series.account)?.firstMinute
  const firstWindow = Math.ceil((firstMinute ?? 0) / windowMinutes)
  if (moments.length === 0) {
    // The same for every kind, so that answers can be held against each other.
    const windows = watchedOf(INCIDENT_KINDS, windowMinutes)
    return drawMoments(
      { firstWindow, untilWindow, windowMinutes },
      { repeats, seed, windows, isDisturbed: probe.isDisturbed },
    )
  }
  const longest = Math.max(...kinds.map((kind) => windowsOf(kind, windowMinutes)))
  const timeOf = (window: number) => rfc3339(window * windowMinutes * 60_000)
  return moments.map((atMs) => {
    const window = Math.floor(atMs / 60_000 / windowMinutes)
    if (window < firstWindow || window + longest > untilWindow) {
      throw new Fault(
        'USAGE',
        `--at ${rfc3339(atMs)} leaves no room: incidents must lie between ${timeOf(firstWindow)} and ${timeOf(untilWindow)}, and last ${longest * windowMinutes} minutes`,
      )
    }
    return window
  })
}

/** The longest time that one of these kinds is looked for. */
const watchedOf = (kinds: readonly IncidentKind[], windowMinutes: number): number =>
  Math.max(...kinds.map((kind) => windowsWatched(kind, windowMinutes)))

/** An account with the days that its trials may touch. */
function loaded(
  store: StoreReader,
  account: string,
  ask: { trials: readonly Trial[]; kinds: readonly IncidentKind[]; settings: Settings },
): InjectedAccount {
  const { trials, kinds, settings } = ask
  const { windowMinutes } = settings
  const windows = trials.flatMap((trial) => (trial.series.account === account ? trial.moments : []))
  const watched = watchedOf(kinds, windowMinutes)
  const grid = { windowMinutes }
  return injectedAccount(store, account, {
    fromDay: dayOf(Math.min(...windows), grid),
    untilDay: dayOf(Math.max(...windows) + watched + windowsPerDay(grid), grid),
    settings,
  })
}
