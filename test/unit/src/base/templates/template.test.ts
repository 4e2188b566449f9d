import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateOddities } from '../../../../../src/base/templates/sink-templates.ts'
import { render, templateProblems } from '../../../../../src/base/templates/template.ts'

const inText = (template: string) => templateProblems(template, false)
const inJson = (template: string) => templateProblems(template, true)
const ofWebhook = (template: string) => templateOddities({ type: 'webhook', template })

describe('a template', () => {
  it.each([
    '{{title}}',
    '{{#insights}}{{api}} in {{region}}, {{title}}{{^last}}; {{/last}}{{/insights}}',
    '{{#endTime}}until {{endTime}}{{/endTime}}{{^endTime}}still{{/endTime}}',
    '{{! nobody reads this }}{{=<% %>=}}<% account %> {{this}}',
  ])('may be %s', (template) => {
    expect(inText(template)).toEqual([])
  })

  it.each([
    ['{{titel}}', 'line 1: there is no field titel here; these are: id, kind, title'],
    ['a\n\n{{#insights}}\n{{usrAgent}}{{/insights}}', 'line 4: there is no field usrAgent here'],
    ['{{region}}', 'no field region'],
    ['{{constructor}}', 'no field constructor'],
    ['{{#toString}}x{{/toString}}', 'no field toString'],
    ['{{__proto__}}', 'no field __proto__'],
    ['{{title.length}}', 'no field title.length'],
    ['{{#apis}}{{.}}{{/apis}}', 'no field . here'],
    ['{{^nobody}}x{{/nobody}}', 'no field nobody'],
    ['{{{title}}}', 'line 1: write {{title}}: values are always escaped'],
    ['{{&title}}', 'write {{title}}'],
    ['{{>other}}', '{{>other}} names another template'],
    ['{{insights}}', 'insights is no text: write {{#insights}}…{{/insights}}'],
    ['{{#insights}}{{last}}{{/insights}}', 'last is no text'],
    ['{{#insights}}{{#insights}}{{/insights}}{{/insights}}', 'stands inside itself'],
    ['{{#insights}}', 'Unclosed section "insights"'],
    ['{{title', 'Unclosed tag'],
  ])('may not be %s', (template, words) => {
    expect(inText(template)).toEqual([expect.stringContaining(words)])
  })
})

describe('a template of JSON', () => {
  it.each([
    '{"text":"{{title}} \\"{{account}}\\"","severity":{{severity}},"more":"{{severity}}"}',
    '[{{#insights}}{"api":"{{api}}","count":{{count}}}{{^last}},{{/last}}{{/insights}}]',
    '{"end":{{#endTime}}"{{endTime}}"{{/endTime}}{{^endTime}}null{{/endTime}}}',
  ])('may be %s', (template) => {
    expect(ofWebhook(template)).toEqual([])
  })

  it.each([
    ['{"a":{{title}}}', '{{title}} is text, which JSON has between quotes: "{{title}}"'],
    ['{"a":"\\{{title}}"}', 'a \\ stands before {{title}}'],
    ['{"a":"{{#endTime}}x"{{/endTime}}}', '{{#endTime}} begins inside a text of JSON'],
    ['{"a":{{#insights}}"{{/insights}}x"}', '{{#insights}} begins inside a text of JSON'],
    ['{"a":"{{title}}', 'a quote is never closed'],
  ])('may not be %s', (template, words) => {
    expect(inJson(template)).toEqual([expect.stringContaining(words)])
    expect(inText(template)).toEqual([])
  })

  it.each([
    ['{"a":1,}', 'gives no JSON, with 1 of insights: '],
    ['[{{#insights}}{{count}}{{/insights}} {{#insights}},{{/insights}}]', 'gives no JSON'],
    ['[{{#insights}}{{count}},{{/insights}}1 1]', 'gives no JSON'],
    ['[{{#insights}}{{count}} {{/insights}}]', 'gives no JSON, with 2 of insights'],
    ['{"a":{{#endTime}}{{severity}}{{/endTime}}}', 'gives no JSON without endTime'],
    ['{"a":{{#endTime}}1{{/endTime}}{{^principal}}2{{/principal}}}', 'without endTime, with'],
  ])('is tried with what may be missing: %s', (template, words) => {
    expect(ofWebhook(template)).toMatchObject([
      { path: 'template', words: expect.stringContaining(words) },
    ])
  })

  it('may ask for six fields whether they are there, and no more', () => {
    const asks = (...names: readonly string[]) =>
      ofWebhook(`[1${names.map((name) => `{{#${name}}} {{/${name}}}`).join('')}]`)
    const six = ['id', 'kind', 'title', 'account', 'state', 'endTime']
    expect(asks(...six)).toEqual([])
    expect(asks(...six, 'apis')).toMatchObject([{ words: expect.stringContaining('7 fields') }])
  })

  it('gives the JSON it was written as, whatever a value is', () => {
    const template = '{"a":"<{{title}}>","b":["{{#endTime}}{{endTime}}{{/endTime}}"]}'
    expect(ofWebhook(template)).toEqual([])
    const harmless = (text: string) => JSON.stringify(text).slice(1, -1)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, end) => {
        const text = render(template, { title, endTime: end }, harmless)
        expect(JSON.parse(text)).toEqual({ a: `<${title}>`, b: [end] })
      }),
    )
  })
})

describe('templates of a sink', () => {
  it.each([
    [{ type: 'sns', subject: '{{titel}}' }, 'subject', 'no field titel'],
    [{ type: 'sns', format: 'json' }, 'format', 'there is none'],
    [{ type: 'sns', format: 'json', template: '{' }, 'template', 'gives no JSON'],
    [{ type: 'webhook', format: 'ocsf', template: '{}' }, 'format', 'either format: ocsf'],
    [{ type: 'slack', template: '{{x}}', templateFile: 'a' }, 'templateFile', 'no field x'],
  ])('%j is wrong', (sink, path, words) => {
    expect(templateOddities(sink)).toEqual([{ path, words: expect.stringContaining(words) }])
  })

  it('are text for Slack and SNS', () => {
    expect(templateOddities({ type: 'slack', template: '*{{title}}' })).toEqual([])
    expect(templateOddities({ type: 'sns', template: '{"', subject: '{{title}}' })).toEqual([])
  })
})
