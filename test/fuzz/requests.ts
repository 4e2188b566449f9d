import { METHODS } from 'node:http'
import fc from 'fast-check'
import type { Sent } from './client.ts'
import { headersWith } from './headers.ts'
import type { Known } from './known.ts'
import { mutated, wildCodes, wildNumber, wildText, wildTime } from './wild.ts'

/** Any request to any route, and to what looks like one. */
export function anyRequest(known: Known, tokens: readonly string[]): fc.Arbitrary<Sent> {
  const method = fc.oneof(
    { weight: 8, arbitrary: fc.constant('GET') },
    { weight: 1, arbitrary: fc.constant('HEAD') },
    { weight: 1, arbitrary: fc.constantFrom(...METHODS.filter((each) => each !== 'CONNECT')) },
  )
  const body = fc.option(fc.oneof(wildText, fc.json()), { nil: undefined })
  return fc
    .record({ method, path: urlOf(known), headers: headersWith(tokens), body })
    .map(({ body: given, ...sent }) =>
      given === undefined || /^(GET|HEAD|TRACE)$/.test(sent.method)
        ? sent
        : { ...sent, body: given },
    )
}

function urlOf(known: Known): fc.Arbitrary<string> {
  const plain = fc
    .constantFrom(...known.routes)
    .chain(({ path, parameters }) => fc.tuple(pathOf(path, known), queryOf(parameters, known)))
  const page = fc
    .constantFrom(...known.pages)
    .chain(({ path, cursor }) =>
      fc
        .tuple(
          fc.oneof(fc.constant(cursor), mutated(cursor), anyCursor(known)),
          fc.constantFrom('', '&limit=1', '&limit=500', '&region=us-east-1', '&sort=score'),
        )
        .map(([given, more]) => [path, `?cursor=${encodeURIComponent(given)}${more}`] as const),
    )
  return fc
    .oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: page })
    .map(([path, query]) => sendable(`${path}${query}`))
}

const anyCursor = ({ pages }: Known): fc.Arbitrary<string> =>
  fc.constantFrom(...pages).map(({ cursor }) => cursor)

/** A route's path with its parameters filled in, mostly as they should be. */
function pathOf(route: string, { ids }: Known): fc.Arbitrary<string> {
  const [, name = ''] = /(\w+)\/\{/.exec(route) ?? []
  const known = fc.constantFrom(...(ids[name] ?? ['']))
  const parameter = fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 2, arbitrary: known.chain(mutated) },
    { weight: 1, arbitrary: wildText.map(encodeURIComponent) },
    { weight: 1, arbitrary: wildCodes },
  )
  const filled = parameter.map((given) => route.replace(/\{\w+\}/, () => given))
  return fc.oneof({ weight: 6, arbitrary: filled }, { weight: 1, arbitrary: filled.chain(bent) })
}

function bent(path: string): fc.Arbitrary<string> {
  const bends = fc.constantFrom(
    ...[
      `/${path}`,
      `${path}/`,
      path.replaceAll('/', '//'),
      `/.${path}`,
      `/x/..${path}`,
      path + path,
    ],
    ...[`/${path.slice(1).replaceAll('/', '%2f')}`, path.toUpperCase(), `${path};a=b`, `${path}#a`],
    ...[`http://localhost${path}`, `http:${path}`, path.slice(1), '*', `${path}/..`, `${path}?`],
    path.replaceAll('/', '\\'),
  )
  const inserted = fc
    .tuple(fc.nat(path.length), fc.oneof(wildCodes, wildText.map(encodeURIComponent)))
    .map(([at, put]) => `${path.slice(0, at)}${put}${path.slice(at)}`)
  return fc.oneof(bends, inserted)
}

function queryOf(parameters: readonly string[], { values }: Known): fc.Arbitrary<string> {
  const names = [...parameters, ...Object.keys(values)]
  const name = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...(parameters.length > 0 ? parameters : names)) },
    { weight: 1, arbitrary: fc.oneof(fc.constantFrom(...names), wildText.map(encodeURIComponent)) },
  )
  const pair = name.chain((each) =>
    valueFrom(Object.hasOwn(values, each) ? values[each] : []).map((value) => `${each}=${value}`),
  )
  const at = fc.constantFrom('', 'at=2026-09-18T02:00:00Z')
  const sane = parameters.includes('at') ? at : fc.constant('')
  return fc
    .tuple(sane, fc.array(pair, { maxLength: 4 }), fc.constantFrom(...['', '', '', '', '&', '&a']))
    .map(([first, pairs, end]) => [...(first === '' ? [] : [first]), ...pairs].join('&') + end)
    .map((query) => (query === '' ? '' : `?${query}`))
}

function valueFrom(known: readonly string[] = []): fc.Arbitrary<string> {
  const wild = fc.oneof(wildText.map(encodeURIComponent), wildCodes)
  const guess = fc.oneof(wildTime, wildNumber).map(encodeURIComponent)
  if (known.length === 0) return fc.oneof({ weight: 6, arbitrary: guess }, wild)
  const found = fc.constantFrom(...known.map(encodeURIComponent))
  return fc.oneof({ weight: 8, arbitrary: found }, guess, wild)
}

/** What Node's client, or the parser at the other end, refuses is left to the raw sockets. */
function sendable(url: string): string {
  const printable = url.replace(/[^!-~]/g, '%20')
  return /^(\/|http:\/\/localhost\/)/.test(printable) ? printable : `/${printable}`
}
