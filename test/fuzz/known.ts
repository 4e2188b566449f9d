import type { Answer, Sent } from './client.ts'

/** What is really there, so that requests get further than the first check. */
export interface Known {
  /** Paths of the OpenAPI document, with the names of their query parameters. */
  readonly routes: readonly { readonly path: string; readonly parameters: readonly string[] }[]
  /** By the word before them in a path. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** Values of query parameters that are found. */
  readonly values: Readonly<Record<string, readonly string[]>>
  /** Requests with a cursor that is theirs. */
  readonly pages: readonly { readonly path: string; readonly cursor: string }[]
}

interface Document {
  readonly paths: Record<string, { readonly get: { readonly parameters?: readonly Parameter[] } }>
}
interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema?: Choices & { readonly items?: Choices }
}
interface Choices {
  readonly enum?: readonly unknown[]
}
type Item = Readonly<Record<string, unknown>> & { readonly series?: Item }

/** Asks the server what there is, with a token for all of it. */
export async function knownOf(send: (sent: Sent) => Promise<Answer>, token: string) {
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return JSON.parse((await send({ method: 'GET', path, headers })).text)
  }
  const { paths }: Document = await ask('/v1/openapi.json')
  const parameters = Object.values(paths).flatMap(({ get }) => get.parameters ?? [])
  const listed = async (list: string): Promise<readonly Item[]> =>
    (await ask(`/v1/${list}?limit=20`)).items
  const [insights, incidents, series] = await Promise.all(
    ['insights', 'incidents', 'series'].map(listed),
  )
  const labels: readonly Item[] = (await ask('/v1/labels')).items
  const pages = ['insights', 'incidents', 'series', 'baselines'].map(async (list) => {
    const path = `/v1/${list}`
    return { path, cursor: String((await ask(`${path}?limit=2`)).nextCursor) }
  })
  const found = [...(insights ?? []), ...(series ?? [])]
  return {
    routes: Object.entries(paths)
      .filter(([path]) => path !== ENDLESS)
      .map(([path, { get }]) => ({ path, parameters: namesOf(get.parameters ?? []) })),
    ids: {
      insights: (insights ?? []).map(idOf),
      incidents: (incidents ?? []).map(idOf),
      series: (series ?? []).map(idOf),
      baselines: (series ?? []).map(idOf),
      labels: labels.map(idOf),
      problems: ['USAGE', 'NOT_FOUND', 'BUSY'],
    },
    values: {
      ...Object.fromEntries(parameters.map((each) => [each.name, choicesOf(each)])),
      ...SANE,
      ...Object.fromEntries(FOUND.map((name) => [name, valuesOf(found, name)])),
      series: (series ?? []).map(idOf),
      incident: (incidents ?? []).map(idOf),
    },
    pages: await Promise.all(pages),
  } satisfies Known
}

/** Answers for a quarter of an hour. */
const ENDLESS = '/v1/stream'

const SANE = {
  ...{
    limit: ['1', '7', '500'],
    hour: ['0', '23'],
    minSeverity: ['0', '50'],
    minScore: ['-1', '9.5'],
  },
  ...{
    from: ['80d', '2026-09-10'],
    to: ['2026-09-18T12:00:00Z', '60d'],
    at: ['2026-09-18T02:00:00Z'],
  },
  ...{ retracted: ['true', 'false'], strict: ['true', 'false'], period: ['60', '300', '3600'] },
}
const FOUND = ['account', 'region', 'eventSource', 'eventName', 'errorCode', 'principal']

const idOf = (item: Item): string => String(item['id'])

function namesOf(parameters: readonly Parameter[]): readonly string[] {
  return parameters.filter((each) => each.in === 'query').map(({ name }) => name)
}

function choicesOf({ schema }: Parameter): readonly string[] {
  return (schema?.enum ?? schema?.items?.enum ?? []).map(String)
}

function valuesOf(items: readonly Item[], name: string): readonly string[] {
  return [...new Set(items.map((item) => item[name]).filter((value) => value != null))].map(String)
}
