/** The panes that can be shown. */
export const PANES = ['overview', 'insight', 'series', 'tuner'] as const
export type PaneName = (typeof PANES)[number]

/** All that decides what the page shows. It stands in the URL's hash, so that a link shows another the same. */
export interface View {
  readonly pane: PaneName
  /** Epoch milliseconds; null: from the first, to the last. */
  readonly fromMs: number | null
  readonly untilMs: number | null
  /** Least severity word; null: all. */
  readonly severity: string | null
  readonly account: string | null
  /** Text in principal or APIs. */
  readonly text: string | null
  /** Filter by service, API, and the caller behind an insight. */
  readonly service: string | null
  readonly api: string | null
  readonly caller: string | null
  /** What lanes stand for: `account` or `caller`; null: services. */
  readonly lanes: string | null
  /** `severity`: the most severe first; null: the newest first. */
  readonly order: string | null
  readonly incident: string | null
  readonly insight: string | null
  readonly series: string | null
  readonly errorCode: string | null
  /** The moment to explain, epoch milliseconds. */
  readonly atMs: number | null
  /** `log`: counts by their size, zero included; null: linear. */
  readonly scale: string | null
  /** `week`: beside what was counted a week before. */
  readonly beside: string | null
  /** `paused`: what is new is not fetched by itself. */
  readonly live: string | null
  /** Settings that are turned, as `offtrail backtest --grid` has them, with commas between. */
  readonly tuned: string | null
  readonly isLocal: boolean
}

const TEXTS = [
  ...(['severity', 'account', 'text', 'service', 'api', 'caller', 'lanes', 'order'] as const),
  ...(['incident', 'insight', 'series', 'errorCode', 'tuned'] as const),
  ...(['scale', 'beside', 'live'] as const),
]

const MOMENTS = { fromMs: 'from', untilMs: 'to', atMs: 'at' } as const

export const START: View = {
  ...{ pane: 'overview', fromMs: null, untilMs: null, severity: null, account: null, text: null },
  ...{ service: null, api: null, caller: null, lanes: null, order: null, incident: null },
  ...{ insight: null, series: null, errorCode: null, atMs: null, tuned: null, isLocal: false },
  ...{ scale: null, beside: null, live: null },
}

/** The view that a hash names; what cannot be read in it is left as at the start. */
export function viewFrom(hash: string): View {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const given = new URLSearchParams(search)
  const pane = PANES.find((name) => name === path) ?? START.pane
  const texts = TEXTS.map((name) => [name, given.get(name) || null])
  const moments = Object.entries(MOMENTS).map(([name, key]) => [name, momentIn(given.get(key))])
  return {
    ...START,
    ...Object.fromEntries([...texts, ...moments]),
    pane,
    isLocal: given.get('times') === 'local',
  }
}

/** The hash for a view; `viewFrom` reads it back. */
export function hashOf(view: View): string {
  const search = new URLSearchParams()
  for (const [name, key] of Object.entries(MOMENTS)) {
    const moment = view[name as keyof typeof MOMENTS]
    if (moment !== null) search.set(key, new Date(moment).toISOString().replace('.000Z', 'Z'))
  }
  for (const name of TEXTS) {
    const text = view[name]
    if (text !== null && text !== '') search.set(name, text)
  }
  if (view.isLocal) search.set('times', 'local')
  const text = search.toString()
  return `#/${view.pane}${text === '' ? '' : `?${text}`}`
}

function momentIn(text: string | null): number | null {
  const moment = Date.parse(text ?? '')
  return Number.isFinite(moment) ? moment : null
}
