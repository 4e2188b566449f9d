import { INSIGHT_FIELDS, MESSAGE_FIELDS, type TemplateField } from './fields.ts'
import { conditionsOf, render, type TemplateView, templateProblems } from './template.ts'

/** More are tried in more ways than anybody reads. */
const MOST_CONDITIONS = 6

/** What is wrong with the templates of a sink, by its key; those of a wrong type are left to the schema. */
export function templateOddities(
  sink: Readonly<Record<string, unknown>>,
): readonly { readonly path: string; readonly words: string }[] {
  const { type, template, templateFile, subject, format } = sink
  const isJson = type === 'webhook' || (type === 'sns' && format === 'json')
  const path = templateFile === undefined ? 'template' : 'templateFile'
  const said = (at: string, words: readonly string[]) =>
    words.map((each) => ({ path: at, words: each }))
  return [
    ...(typeof template === 'string' ? said(path, problemsOf(template, isJson)) : []),
    ...(typeof subject === 'string' ? said('subject', templateProblems(subject, false)) : []),
    ...(type === 'webhook' && format === 'ocsf' && template !== undefined
      ? said('format', ['takes either format: ocsf or a template'])
      : []),
    ...(type === 'sns' && format !== undefined && template === undefined
      ? said('format', ['says what a template gives: there is none'])
      : []),
  ]
}

function problemsOf(template: string, isJson: boolean): readonly string[] {
  const problems = templateProblems(template, isJson)
  return problems.length > 0 || !isJson ? problems : jsonProblems(template)
}

/** Whether it gives JSON whatever is there and whatever is missing. */
function jsonProblems(template: string): readonly string[] {
  const names = conditionsOf(template)
  if (names.length > MOST_CONDITIONS)
    return [`asks for ${names.length} fields whether they are there: ${MOST_CONDITIONS} at most`]
  for (let choice = 0; choice < 2 ** names.length; choice++) {
    const missing = names.filter((_, at) => (choice >> at) % 2 === 1)
    for (const count of [1, 2]) {
      const reason = jsonReason(render(template, sampleView(missing, count), String))
      const when = missing.length > 0 ? ` without ${missing.join(', ')}` : ''
      if (reason !== null) return [`gives no JSON${when}, with ${count} of insights: ${reason}`]
    }
  }
  return []
}

function jsonReason(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** A message with so many insights in which some fields say nothing. */
function sampleView(missing: readonly string[], count: number): TemplateView {
  const sample = (fields: readonly TemplateField[], more: TemplateView): TemplateView =>
    Object.fromEntries(
      fields.map(({ name, kind }) => {
        const value = kind === 'number' ? 1 : 'x'
        return [name, more[name] ?? (missing.includes(name) ? null : value)]
      }),
    )
  const insights = Array.from({ length: count }, (_, at) =>
    sample(INSIGHT_FIELDS, { last: at === count - 1 }),
  )
  return sample(MESSAGE_FIELDS, { insights })
}
