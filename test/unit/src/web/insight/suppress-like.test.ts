import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { settingsFrom } from '../../../../../src/base/settings.ts'
import { silencedBy } from '../../../../../src/insight/suppression.ts'
import { insightView } from '../../../../../src/insight/view.ts'
import type { WholeInsight } from '../../../../../src/web/api/answers.ts'
import { partsOf, partsOfCalls, ruleTexts } from '../../../../../src/web/insight/suppress-like.ts'
import { anInsight, anyText } from '../../../../support/insights.ts'

const text = anyText.map((each) => Buffer.from(each).toString()).filter((each) => each.length > 0)

it('makes rules that settings files take, and that silence what they were made of', () => {
  fc.assert(
    fc.property(fc.option(text), fc.option(text), text, (principal, errorCode, reason) => {
      const insight = anInsight({ principal, errorCode })
      const parts = partsOf(insightView(insight) as unknown as WholeInsight)
      const { yaml } = ruleTexts(parts, reason)
      const { suppressions } = settingsFrom(parse(yaml))
      expect(suppressions).toHaveLength(1)
      expect(suppressions[0]?.reason).toBe(reason)
      expect(silencedBy(suppressions, insight)).toBe(0)
    }),
  )
})

it('drops calls by what calls have', () => {
  const parts = partsOf(insightView(anInsight({ errorCode: 'Denied' })) as unknown as WholeInsight)
  const { yaml, command } = ruleTexts(partsOfCalls(parts), 'ours', 'drop-from-counts')
  const [rule] = settingsFrom(parse(yaml)).suppressions
  expect(rule).toMatchObject({ effect: 'drop-from-counts', errorCode: 'Denied', reason: 'ours' })
  expect(command).toContain(" --effect 'drop-from-counts' --api ")
  const sum = { name: 'api', label: 'API', value: 'offtrail:DeniedCalls', isUsual: true } as const
  expect(partsOfCalls([sum])).toEqual([])
})

it('quotes what a shell would read', () => {
  const insight = anInsight({ principal: "it's $(me)", errorCode: null })
  const parts = partsOf(insightView(insight) as unknown as WholeInsight)
  const { command } = ruleTexts(
    parts.filter(({ name }) => name === 'principal'),
    'ours',
  )
  expect(command).toBe(
    String.raw`offtrail suppress add -c offtrail.yaml --principal 'it'\''s $(me)' --reason 'ours'`,
  )
})
