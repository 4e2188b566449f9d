import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf, PANES, START, type View, viewFrom } from '../../../../../src/web/state/view.ts'
import { anyText } from '../../../../support/insights.ts'

const text = fc.option(anyText.map((each) => Buffer.from(each).toString() || null))
const moment = fc.option(fc.integer({ min: 0, max: 4e9 }).map((seconds) => seconds * 1000))
const anyView: fc.Arbitrary<View> = fc.record({
  pane: fc.constantFrom(...PANES),
  ...{ fromMs: moment, untilMs: moment, atMs: moment, isLocal: fc.boolean() },
  ...{ severity: text, account: text, text, service: text, api: text, order: text },
  ...{ caller: text, lanes: text, scale: text, beside: text, live: text },
  ...{ incident: text, insight: text, series: text, errorCode: text, tuned: text },
})

describe('the hash of a view', () => {
  it('is read back as the same view, whatever texts are in it', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(viewFrom(hashOf(view))).toEqual(view)
      }),
    )
  })

  it.each(['', '#', '#/nowhere', '#/overview?from=noon&unknown=1', '#%ff?%'])(
    'that says nothing is the start: %s',
    (hash) => expect(viewFrom(hash)).toEqual(START),
  )

  it('is short where nothing was chosen', () => {
    expect(hashOf(START)).toBe('#/overview')
    expect(hashOf({ ...START, fromMs: Date.UTC(2026, 2, 4) })).toBe(
      '#/overview?from=2026-03-04T00%3A00%3A00Z',
    )
  })
})
