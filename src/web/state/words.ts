const AGGREGATES: ReadonlyMap<string, string> = new Map([
  ['DistinctApis', 'different APIs'],
  ['FirstSeenApis', 'first-seen APIs'],
  ['DeniedCalls', 'denied calls'],
])

/** `ec2` for `ec2.amazonaws.com`; sums over many APIs have no service. */
export function serviceOf(eventSource: string): string {
  return eventSource === 'offtrail' ? 'many APIs' : eventSource.replace(/\.amazonaws\.com$/, '')
}

/** An API's name, or what is summed over many. */
export function apiOf(eventSource: string, eventName: string): string {
  return eventSource === 'offtrail' ? (AGGREGATES.get(eventName) ?? eventName) : eventName
}

/** `ec2:RunInstances` for `ec2.amazonaws.com:RunInstances`. */
export function shortApi(api: string): string {
  const colon = api.indexOf(':')
  const [source, name] = [api.slice(0, colon), api.slice(colon + 1)]
  return source === 'offtrail' ? apiOf(source, name) : `${serviceOf(source)}:${name}`
}

/** `role/deployer` for a caller's ARN: what tells callers of one account apart. */
export function shortPrincipal(arn: string | null): string {
  if (arn === null) return '—'
  return arn.replace(/^arn:aws[\w-]*:(?:sts|iam)::\d*:/, '').replace(/^assumed-role\//, 'role/')
}

/** A number as people read it: three or four digits that count. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-GB').replaceAll(',', ' ')
  const size = Math.abs(value)
  if (size >= 1000) return Math.round(value).toLocaleString('en-GB').replaceAll(',', ' ')
  return size < 0.001 ? value.toExponential(2) : String(Number(value.toPrecision(4)))
}

/** `1 call`, `2 calls`. */
export function counted(count: number, one: string): string {
  return `${numberText(count)} ${one}${count === 1 ? '' : 's'}`
}
