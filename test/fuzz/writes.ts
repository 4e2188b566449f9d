import fc from 'fast-check'
import { SELECTOR_CATEGORIES, SELECTOR_TYPES } from '../../src/insight/selection.ts'
import { VERDICT_REASONS, VERDICT_WORDS } from '../../src/insight/verdict.ts'
import type { Sent } from './client.ts'
import { headersWith } from './headers.ts'
import type { Known } from './known.ts'
import { mostly, mutated, wildText, wildTime } from './wild.ts'

type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** Requests that write, mostly as they should be. */
export function writeRequest(known: Known, tokens: readonly string[]): fc.Arbitrary<Sent> {
  const verdict = idIn(known.ids['insights']).map((id) => `/v1/insights/${id}/verdict`)
  const label = idIn(known.ids['labels']).map((id) => `/v1/labels/${id}`)
  return fc.oneof(
    requests('PUT', verdict, tokens, bodyOf(verdictMembers)),
    requests('PUT', fc.constant('/v1/labels'), tokens, bodyOf(labelMembers(known))),
    requests('PUT', fc.constant('/v1/selectors'), tokens, bodyOf(selectorMembers(known))),
    requests('POST', fc.constant('/v1/events'), tokens, bodyOf(recordMembers)),
    requests('DELETE', fc.oneof(verdict, label), tokens, fc.constant(undefined)),
  )
}

function requests(
  method: string,
  path: fc.Arbitrary<string>,
  tokens: readonly string[],
  body: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<Sent> {
  return fc.record({ path, headers: headersWith(tokens), body }).map(({ body: text, ...sent }) => {
    if (text === undefined) return { method, ...sent }
    const headers = { 'content-type': 'application/json', ...sent.headers }
    return { method, path: sent.path, headers, body: text }
  })
}

function idIn(ids: readonly string[] = []): fc.Arbitrary<string> {
  const known = fc.constantFrom(...ids)
  return fc.oneof(
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: known.chain(mutated).map(encodeURIComponent) },
    { weight: 1, arbitrary: wildText.map(encodeURIComponent) },
  )
}

/** JSON of members as they should be, of some that are not, and now and then no JSON at all. */
function bodyOf(members: Members): fc.Arbitrary<string> {
  const named = Object.entries(members).map(([name, value]) => [name, mostly(value)] as const)
  const partial = fc.record(Object.fromEntries(named), { requiredKeys: [] })
  const json = fc
    .oneof(
      { weight: 4, arbitrary: fc.record(members) },
      { weight: 3, arbitrary: partial },
      { weight: 1, arbitrary: fc.jsonValue() },
    )
    .map((value) => JSON.stringify(value))
  return fc.oneof(
    { weight: 12, arbitrary: json },
    { weight: 1, arbitrary: json.chain(mutated) },
    { weight: 1, arbitrary: wildText },
  )
}

const maybe = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.option(value, { nil: undefined })

const verdictMembers: Members = {
  verdict: fc.constantFrom(...VERDICT_WORDS),
  reason: maybe(fc.constantFrom(...VERDICT_REASONS)),
  note: maybe(wildText.map((text) => text.slice(0, 1_000))),
}

const labelMembers = ({ values }: Known): Members => ({
  kind: fc.constantFrom('burst', 'drop', 'exfiltration'),
  title: maybe(fc.string({ minLength: 1, unit: 'binary' })),
  startTime: fc.oneof(fc.constantFrom('2026-09-10T10:00:00Z', '2026-09-11'), wildTime),
  endTime: fc.oneof(fc.constantFrom('2026-09-12T10:00:00+02:00', '9999-12-31'), wildTime),
  account: fc.constantFrom(...(values['account'] ?? [])),
  region: maybe(fc.constantFrom(null, ...(values['region'] ?? []))),
  eventSource: maybe(fc.constantFrom(null, 'ec2', ...(values['eventSource'] ?? []))),
  eventName: maybe(fc.constantFrom(null, ...(values['eventName'] ?? []))),
})

const recordMembers: Members = {
  eventTime: fc.oneof(fc.constant('2026-09-10T10:00:00Z'), wildTime),
  ...{ eventSource: fc.constant('ec2.amazonaws.com'), eventName: fc.string(), eventID: fc.uuid() },
}

const selectorMembers = ({ values }: Known): Members => ({
  account: fc.constantFrom(...(values['account'] ?? [])),
  selectors: fc.array(
    fc.record({
      insightType: fc.constantFrom(...SELECTOR_TYPES),
      eventCategories: maybe(
        fc.uniqueArray(fc.constantFrom(...SELECTOR_CATEGORIES), { minLength: 1 }),
      ),
    }),
    { maxLength: 2 },
  ),
})
