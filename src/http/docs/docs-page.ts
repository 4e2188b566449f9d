import { safeHtml } from '../../sink/safe.ts'
import { wordsHtml } from './html.ts'

/** As much of an OpenAPI document as the page shows. */
export interface ShownDocument {
  readonly info: { readonly description?: string }
  readonly paths?: Readonly<Record<string, ShownPath | undefined>>
}

const METHODS = ['get', 'post', 'put', 'delete'] as const
type Method = (typeof METHODS)[number]
type ShownPath = { readonly [Each in Method]?: ShownOperation }

interface ShownOperation {
  readonly operationId?: string
  readonly summary?: string
  readonly parameters?: readonly ShownParameter[]
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly example?: unknown }>>
  }
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly responses: Readonly<Record<string, { readonly content?: object }>>
}

interface ShownParameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: ShownSchema
}

interface ShownSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly description?: string
  readonly items?: ShownSchema
}

type Route = readonly [path: string, method: Method, operation: ShownOperation]

/** The whole API on one page without scripts: every route with its parameters, and how to ask with curl. */
export function docsPage({ info, paths = {} }: ShownDocument, origin: string): string {
  const routes = Object.entries(paths).flatMap(([path, item]): Route[] =>
    METHODS.flatMap((method): Route[] => {
      const operation = item?.[method]
      return operation === undefined ? [] : [[path, method, operation]]
    }),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Offtrail: HTTP API</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<h1>Offtrail: HTTP API</h1>
<p>${wordsHtml(info.description ?? '')} The same for machines: <a href="/v1/openapi.json">OpenAPI 3.1</a>.</p>
<nav aria-label="Routes"><ul>${routes.map(entryOf).join('')}</ul></nav>
<main>
${routes.map((route) => sectionOf(route, origin)).join('\n')}
</main>
</body>
</html>
`
}

function entryOf([path, method, { operationId = path }]: Route): string {
  const shown = method === 'get' ? path : `${method.toUpperCase()} ${path}`
  return `<li><a href="#${safeHtml(operationId)}"><code>${safeHtml(shown)}</code></a></li>`
}

function sectionOf(route: Route, origin: string): string {
  const [path, method, operation] = route
  const { operationId = path, summary = '', parameters = [], responses, security = [] } = operation
  const [scope = 'read'] = security.flatMap(({ token = [] }) => token)
  const types = Object.keys(responses['200']?.content ?? {})
  return `<section id="${safeHtml(operationId)}">
<h2><code>${method.toUpperCase()} ${safeHtml(path)}</code></h2>
<p>${wordsHtml(summary)}${types.length > 1 ? ` Answers ${types.map((type) => `<code>${safeHtml(type)}</code>`).join(', ')}.` : ''}${scope === 'read' ? '' : ` Takes a token made with <code>--${safeHtml(scope)}</code>.`}</p>
<pre><code>${safeHtml(curlOf(route, origin))}</code></pre>
${parameters.length === 0 ? '' : tableOf(parameters)}
</section>`
}

/** A line to paste; what must be filled in is in capitals. */
function curlOf([path, method, operation]: Route, origin: string) {
  const { parameters = [], security = [], requestBody } = operation
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
  const needed = parameters.filter((each) => each.in === 'query' && each.required === true)
  const query = needed.map(({ name }) => `${name}=${name.toUpperCase()}`).join('&')
  const token = security.length === 0 ? '' : ` -H "Authorization: Bearer $TOKEN"`
  const verb = method === 'get' ? '' : ` -X ${method.toUpperCase()}`
  const [content] = Object.values(requestBody?.content ?? {})
  const body = content === undefined ? '' : ` --json '${JSON.stringify(content.example ?? {})}'`
  return `curl -s${verb}${token}${body} '${origin}${filled}${query === '' ? '' : `?${query}`}'`
}

function tableOf(parameters: readonly ShownParameter[]): string {
  const rows = parameters.map((parameter) => {
    const { name, required = false, schema = {} } = parameter
    const words = parameter.description ?? schema.description ?? ''
    const cells = [`<code>${safeHtml(name)}</code>`, typeOf(schema), wordsHtml(words)]
    if (required) cells[2] += ' <strong>Must be given.</strong>'
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return `<table>
<thead><tr><th scope="col">parameter</th><th scope="col">what</th><th scope="col">meaning</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>`
}

function typeOf(schema: ShownSchema): string {
  const { type = 'string', items, minimum, maximum } = schema
  const one = items ?? schema
  const kind = one.enum?.map((value) => `<code>${safeHtml(String(value))}</code>`).join(', ')
  const parts = [kind ?? safeHtml(type === 'array' ? (items?.type ?? 'string') : type)]
  if (type === 'array') parts.push('may be repeated')
  if (minimum !== undefined && maximum !== undefined) parts.push(`${minimum} to ${maximum}`)
  if (schema.default !== undefined) {
    parts.push(`default <code>${safeHtml(String(schema.default))}</code>`)
  }
  return parts.join('; ')
}
