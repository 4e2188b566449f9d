import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  INSIGHT_FIELDS,
  MESSAGE_FIELDS,
  type TemplateField,
} from '../../../../../src/base/templates/fields.ts'
import { incidentFrom } from '../../../../../src/insight/incident.ts'
import type { Insight } from '../../../../../src/insight/insight.ts'
import type { Message } from '../../../../../src/sink/sink.ts'
import { templatedBody } from '../../../../../src/sink/slack/blocks.ts'
import { rendered, renderedJson } from '../../../../../src/sink/templates/rendered.ts'
import { messageView } from '../../../../../src/sink/templates/view.ts'
import { anInsight, stillOpen } from '../../../../support/insights.ts'

const HOSTILE = 'x","severity":0,"y":"\\\n\r\t\u0000\u2028\u202e</script><!channel>{{title}}'

const messageOf = (...insights: readonly Insight[]): Message => ({
  ...{ id: 'the-id', kind: 'started', incident: incidentFrom('the-incident', insights) },
})
const attributions = [
  { attribute: 'userAgent' as const, insight: [{ value: HOSTILE, average: 1 }], baseline: [] },
]
const hostile = messageOf(anInsight({ ...stillOpen, attributions, principal: HOSTILE }))

describe('what a template is given', () => {
  const types = { text: ['string', 'object'], number: ['number'], truth: ['boolean'], list: [] }
  const isOfKind = (value: unknown, { kind }: TemplateField) =>
    kind === 'list'
      ? Array.isArray(value)
      : types[kind].includes(typeof value as never) && (value === null || typeof value !== 'object')

  it('is what the tables of fields say, and nothing else', () => {
    for (const message of [hostile, messageOf(anInsight(), anInsight({ id: 'b' }))]) {
      const view = messageView(message)
      expect(Object.keys(view).sort()).toEqual(MESSAGE_FIELDS.map(({ name }) => name).sort())
      for (const field of MESSAGE_FIELDS)
        expect([field.name, isOfKind(view[field.name], field)]).toEqual([field.name, true])
      for (const insight of view['insights'] as readonly Record<string, unknown>[]) {
        expect(Object.keys(insight).sort()).toEqual(INSIGHT_FIELDS.map(({ name }) => name).sort())
        for (const field of INSIGHT_FIELDS)
          expect([field.name, isOfKind(insight[field.name], field)]).toEqual([field.name, true])
      }
    }
  })

  it('is ten insights at most, the last of them marked, and no value that drowns it', () => {
    const many = Array.from({ length: 12 }, (_, at) =>
      anInsight({ id: `id-${at}`, explanation: 'é'.repeat(1000) }),
    )
    const view = messageView(messageOf(...many))
    const insights = view['insights'] as readonly { last: boolean; explanation: string }[]
    expect(insights.map(({ last }) => last)).toEqual([...Array(9).fill(false), true])
    expect([view['insightCount'], insights[0]?.explanation.length]).toEqual([12, 500])
  })

  it('is documented', () => {
    const readme = readFileSync('docs/templates.md', 'utf8')
    const tables = [MESSAGE_FIELDS, INSIGHT_FIELDS].map((fields) =>
      fields.map(({ name, kind, meaning }) => `\`${name}\` ${kind} ${meaning}`),
    )
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
    const said = rows.map((row) =>
      row
        .slice(2, -2)
        .split(/ +\| +/)
        .join(' ')
        .trim(),
    )
    expect(said).toEqual(tables.flat())
  })
})

describe('a template', () => {
  it('gives JSON from which no value breaks out', () => {
    const template =
      '{"by":"{{principal}}","severity":{{severity}},"agents":[{{#insights}}"{{userAgent}}"{{^last}},{{/last}}{{/insights}}]}'
    const text = renderedJson(template, hostile)
    expect(JSON.parse(text)).toEqual({
      ...{ by: HOSTILE, severity: hostile.incident.severity, agents: [HOSTILE] },
    })
    for (const character of ['\n', '\u0000', '\u2028', '\u202e'])
      expect(text).not.toContain(character)
  })

  it('says it gives none, where it does not', () => {
    expect(() => renderedJson('{', hostile)).toThrow(
      expect.objectContaining({ about: 'message', message: expect.stringContaining('no JSON') }),
    )
  })

  it('gives text on the lines it was written on', () => {
    const text = rendered('{{title}}\n{{#insights}}{{userAgent}}\n{{/insights}}', hostile)
    expect(text.split('\n')).toEqual([
      'critical: ec2:RunInstances in 123456789012',
      HOSTILE.replace('\n', '\\u{a}')
        .replace('\r', '\\u{d}')
        .replace('\t', '\\u{9}')
        .replace('\u0000', '\\u{0}')
        .replace('\u2028', '\\u{2028}')
        .replace('\u202e', '\\u{202e}'),
      '',
    ])
  })

  it("gives Slack's markup, in which values mention nobody", () => {
    const template = '*{{title}}* <https://offtrail.example/#{{incident}}|open> by {{principal}}'
    const { blocks } = templatedBody(hostile, template) as { blocks: readonly object[] }
    expect(blocks).toEqual([
      {
        type: 'section',
        text: { type: 'mrkdwn', verbatim: true, text: expect.stringContaining('&lt;!channel&gt;') },
      },
      expect.objectContaining({ type: 'context', block_id: 'the-id' }),
    ])
    const [section] = blocks as readonly { text: { text: string } }[]
    expect(section?.text.text).toContain('<https://offtrail.example/#the-incident|open> by x')
    expect(section?.text.text).not.toContain('<!')
  })
})
