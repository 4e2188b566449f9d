import type { OverviewInsight } from '../api/answers.ts'
import type { View } from '../state/view.ts'
import { apiOf, serviceOf, shortPrincipal } from '../state/words.ts'
import type { Lane, Naming } from './lanes.ts'

type Place = Pick<Lane, 'name' | 'part'>
type Picked = Partial<Pick<View, 'service' | 'api' | 'account' | 'caller'>>

/** What lanes stand for, and what picking one filters by. */
export interface Grouping extends Naming {
  /** As the view's `lanes` has it. */
  readonly lanes: View['lanes']
  readonly head: string
  /** What a lane falls into when it is opened. */
  readonly parts: string
  readonly labelOf: (name: string) => string
  readonly filterFor: (place: Place) => Picked
}

/** What stands for insights that no single caller is behind. */
const NO_CALLER = 'nobody alone'

const apiIn = ({ eventSource, eventName }: OverviewInsight): string => apiOf(eventSource, eventName)
const serviceIn = ({ eventSource }: OverviewInsight): string => serviceOf(eventSource)

/** A caller, short. */
export function callerText(caller: string): string {
  return caller === NO_CALLER ? caller : shortPrincipal(caller)
}

/** The caller that an insight is laid to. */
export function callerOf({ principal }: Pick<OverviewInsight, 'principal'>): string {
  return principal ?? NO_CALLER
}

const NOTHING = { service: null, api: null, caller: null }

export const GROUPINGS: readonly [Grouping, ...Grouping[]] = [
  {
    ...{ lanes: null, head: 'Service', parts: 'APIs', nameOf: serviceIn, partOf: apiIn },
    labelOf: (name) => name,
    filterFor: ({ name, part }) => ({ ...NOTHING, service: name, api: part }),
  },
  {
    ...{ lanes: 'account', head: 'Account', parts: 'services' },
    ...{ nameOf: ({ account }) => account, partOf: serviceIn, labelOf: (name) => name },
    filterFor: ({ name, part }) => ({ ...NOTHING, account: name, service: part }),
  },
  {
    ...{ lanes: 'caller', head: 'Caller', parts: 'services', nameOf: callerOf, partOf: serviceIn },
    labelOf: callerText,
    filterFor: ({ name, part }) => ({ ...NOTHING, caller: name, service: part }),
  },
]

/** What a view's lanes stand for. */
export function groupingIn({ lanes }: Pick<View, 'lanes'>): Grouping {
  return GROUPINGS.find((each) => each.lanes === lanes) ?? GROUPINGS[0]
}

/** Whether a view filters by just what picking that lane filters by. */
export function isPicked(by: Grouping, place: Place, view: View): boolean {
  return Object.entries(by.filterFor(place)).every(
    ([name, value]) => view[name as keyof Picked] === value,
  )
}

/** Takes back what picking a lane filtered by. */
export function unpicked(by: Grouping): Picked {
  return { ...NOTHING, ...(by.lanes === 'account' && { account: null }) }
}
