import Mustache from 'mustache'
import { INSIGHT_FIELDS, MESSAGE_FIELDS, type TemplateField } from './fields.ts'
import { type JsonPlace, placeAfter, START } from './json-place.ts'

/** Plain values under the names of a template's fields. */
export type TemplateView = Readonly<Record<string, unknown>>

/** Parts of a template as the library gives them: `[kind, text, start, end, inside]`. */
type Token = readonly [string, string, number, number, (readonly Token[])?, ...unknown[]]

/** A template put into words. `harmless` makes a value harmless where it goes. */
export function render(
  template: string,
  view: TemplateView,
  harmless: (text: string) => string,
): string {
  return Mustache.render(
    template,
    view,
    {},
    { escape: (value: unknown) => harmless(String(value)) },
  )
}

/**
 * What is wrong with a template, with its lines: its syntax, names that no message has, and what a value could break out of. In one
 * that gives JSON texts stand between quotes, so that escaping them is enough, and conditions begin and end inside or outside of them.
 */
export function templateProblems(template: string, isJson: boolean): readonly string[] {
  try {
    const problems: string[] = []
    const tokens = Mustache.parse(template) as unknown as readonly Token[]
    const place = new Check(template, isJson, problems).all(tokens, MESSAGE_FIELDS, START)
    if (isJson && place.inString && problems.length === 0) problems.push('a quote is never closed')
    return problems
  } catch (error) {
    return [(error as Error).message]
  }
}

/** Names that decide whether a part is shown, `insights` and `last` aside. */
export function conditionsOf(template: string): readonly string[] {
  const names = (tokens: readonly Token[]): readonly string[] =>
    tokens.flatMap(([kind, name, , , inside = []]) =>
      kind === '#' || kind === '^' ? [name, ...names(inside)] : [],
    )
  const all = new Set(names(Mustache.parse(template) as unknown as readonly Token[]))
  return [...all].filter((name) => name !== 'insights' && name !== 'last')
}

class Check {
  readonly #template: string
  readonly #isJson: boolean
  readonly #problems: string[]

  constructor(template: string, isJson: boolean, problems: string[]) {
    this.#template = template
    this.#isJson = isJson
    this.#problems = problems
  }

  /** Answers where the JSON stands behind the parts. */
  all(tokens: readonly Token[], fields: readonly TemplateField[], before: JsonPlace): JsonPlace {
    return tokens.reduce((place, token) => this.#one(token, fields, place), before)
  }

  #one(token: Token, fields: readonly TemplateField[], place: JsonPlace): JsonPlace {
    const [kind, text] = token
    if (kind === 'text') return placeAfter(text, place)
    if (kind === 'name') this.#value(token, fields, place)
    if (kind === '#' || kind === '^') this.#section(token, fields, place)
    if (kind === '&')
      this.#say(token, `write {{${text}}}: values are always escaped for where they go`)
    if (kind === '>') this.#say(token, `{{>${text}}} names another template: there are none`)
    return place
  }

  #value(token: Token, fields: readonly TemplateField[], place: JsonPlace): void {
    const found = this.#field(token, fields)
    if (found === undefined) return
    const { name, kind } = found
    if (kind === 'list' || kind === 'truth')
      this.#say(token, `${name} is no text: write {{#${name}}}…{{/${name}}}`)
    else if (!this.#isJson) return
    else if (place.isEscaped) this.#say(token, `a \\ stands before {{${name}}}`)
    else if (kind === 'text' && !place.inString)
      this.#say(token, `{{${name}}} is text, which JSON has between quotes: "{{${name}}}"`)
  }

  #section(token: Token, fields: readonly TemplateField[], place: JsonPlace): void {
    const [sign, name, , , inside = []] = token
    const found = this.#field(token, fields)
    const isList = found?.kind === 'list' && sign === '#'
    if (isList && fields !== MESSAGE_FIELDS) this.#say(token, `${name} stands inside itself`)
    const own = isList ? [...INSIGHT_FIELDS, ...MESSAGE_FIELDS] : fields
    const after = this.all(inside, own, place)
    const isSame = after.inString === place.inString && after.isEscaped === place.isEscaped
    if (this.#isJson && !isSame)
      this.#say(
        token,
        `{{${sign}${name}}} begins inside a text of JSON and ends outside, or the other way`,
      )
  }

  #field(token: Token, fields: readonly TemplateField[]): TemplateField | undefined {
    const [, name] = token
    const found = fields.find((each) => each.name === name)
    if (found === undefined) {
      const names = [...new Set(fields.map((each) => each.name))].join(', ')
      this.#say(token, `there is no field ${name} here; these are: ${names}`)
    }
    return found
  }

  #say([, , start]: Token, words: string): void {
    const line = this.#template.slice(0, start).split('\n').length
    this.#problems.push(`line ${line}: ${words}`)
  }
}
