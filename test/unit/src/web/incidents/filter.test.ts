import { describe, expect, it } from 'vitest'
import { insightView } from '../../../../../src/insight/view.ts'
import type { Incident } from '../../../../../src/web/api/answers.ts'
import {
  chosenFrom,
  incidentsIn,
  insightsIn,
  ordered,
} from '../../../../../src/web/incidents/filter.ts'
import { groupingIn } from '../../../../../src/web/lanes/groupings.ts'
import { START, type View } from '../../../../../src/web/state/view.ts'
import { anInsight, START_MS } from '../../../../support/insights.ts'

const incidentOf = (id: string, differences: Parameters<typeof anInsight>[0]): Incident => {
  const insight = insightView(anInsight(differences))
  const { account, startTime, endTime, severity, principal, eventSource, eventName } = insight
  const apis = [`${eventSource}:${eventName}`]
  return { id, account, startTime, endTime, severity, principal, apis, insights: [insight] }
}
const incidents = [
  incidentOf('a', { severity: 30, account: '111122223333' }),
  incidentOf('b', { severity: 70, eventSource: 's3.amazonaws.com', eventName: 'GetObject' }),
  incidentOf('c', { severity: 95, errorCode: 'AccessDenied', startMs: START_MS + 86_400_000 }),
]
const ever = { fromMs: 0, untilMs: 4e12 }
const idsFor = (changes: Partial<View>, span = ever) =>
  incidentsIn(incidents, chosenFrom({ ...START, ...changes }), span).map(({ id }) => id)

describe('incidentsIn', () => {
  it.each([
    [{}, ['a', 'b', 'c']],
    [{ severity: 'major' }, ['b', 'c']],
    [{ severity: 'nonsense' }, ['a', 'b', 'c']],
    [{ account: '111122223333' }, ['a']],
    [{ text: 'accessdenied' }, ['c']],
    [{ text: 'S3:Get' }, ['b']],
    [{ text: 'role/deploy' }, ['a', 'b', 'c']],
    [{ service: 'ec2' }, ['a', 'c']],
    [{ service: 's3', api: 'PutObject' }, []],
    [{ caller: 'nobody alone' }, []],
  ])('lets through what %j says', (changes, ids) => {
    expect(idsFor(changes)).toEqual(ids)
  })

  it('looks at the span alone', () => {
    expect(idsFor({}, { fromMs: START_MS + 60_000, untilMs: START_MS + 120_000 })).toEqual([
      'a',
      'b',
    ])
  })
})

describe('insightsIn', () => {
  it('leaves services to the lanes', () => {
    const all = incidents.flatMap(({ insights }) => insights)
    const chosen = chosenFrom({ ...START, severity: 'minor', service: 'ec2' })
    expect(insightsIn(all, chosen, groupingIn({ lanes: null }))).toHaveLength(2)
  })
})

describe('ordered', () => {
  it('puts the most severe first where asked to', () => {
    expect(ordered(incidents, 'severity').map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(ordered(incidents, null)).toBe(incidents)
  })
})
