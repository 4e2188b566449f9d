import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WorldEvent } from './lookup-world.ts'
import { seededRandom } from './seeded-random.ts'

/** How the endpoint answers, and how often (shares of 1) it misbehaves. */
export interface LookupEndpointOptions {
  /** Newest first. */
  readonly events: readonly WorldEvent[]
  /** Epoch milliseconds: limits the rate and hides what is not visible yet. */
  readonly now: () => number
  readonly seed?: number
  /** Answers 500, or hangs up in the middle. */
  readonly failShare?: number
  /** Takes seconds to answer, which `advance` lets pass. */
  readonly slow?: { readonly share: number; readonly advance: (milliseconds: number) => void }
  /** Throttles although the caller keeps the rate: others use it too. */
  readonly throttleShare?: number
  /** Gives the page before once more. */
  readonly repeatShare?: number
  /** Refuses a token it gave out itself. */
  readonly expireShare?: number
  /** Answers every request with this error of status 400. */
  readonly refusal?: () => string | null
}

/** What came in: each answered request and how it ended. */
export interface LookupCall {
  readonly atMs: number
  readonly outcome: 'answered' | 'throttled' | 'failed' | 'expired' | 'refused'
  readonly isSlow: boolean
  readonly fromMs: number
  readonly untilMs: number
}

/** LookupEvents on loopback. */
export interface LookupEndpoint {
  readonly url: string
  readonly calls: readonly LookupCall[]
  close(): Promise<void>
}

const PAGE_COUNT = 50
const CALLS_PER_SECOND = 2
const LONGEST_ANSWER_MS = 20_000
const REACH_MS = 90 * 24 * 3_600_000

interface Question {
  readonly StartTime: number
  readonly EndTime: number
  readonly MaxResults?: number
  readonly NextToken?: string
}
type Reply = Pick<LookupCall, 'outcome'> & { readonly status: number; readonly body: object | null }

/** Serves events as CloudTrail does (AWS JSON 1.1): newest first, 50 a page, 2 calls a second, at times badly. */
export async function lookupEndpoint(options: LookupEndpointOptions): Promise<LookupEndpoint> {
  const random = seededRandom(options.seed ?? 1)
  const calls: LookupCall[] = []
  const server = createServer(async (request, response) => {
    const question = await questionOf(request)
    const reply = problemWith(request) ?? replyTo(question, { options, random, calls })
    const { StartTime, EndTime } = question
    const span = { fromMs: StartTime * 1000, untilMs: EndTime * 1000 }
    const isSlow = options.slow !== undefined && random() < options.slow.share
    calls.push({ atMs: options.now(), outcome: reply.outcome, isSlow, ...span })
    if (isSlow) options.slow?.advance(random() * LONGEST_ANSWER_MS)
    send(response, reply)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function questionOf(request: IncomingMessage): Promise<Question> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

function problemWith({ method, headers }: IncomingMessage): Reply | null {
  const target = String(headers['x-amz-target'])
  if (method !== 'POST' || !/(^|\.)CloudTrail_20131101\.LookupEvents$/.test(target)) {
    return refusal('UnknownOperationException')
  }
  const signed = /Credential=[^/]+\/\d{8}\/eu-west-1\/cloudtrail\/aws4_request/
  return signed.test(String(headers.authorization)) ? null : refusal('IncompleteSignatureException')
}

interface State {
  readonly options: LookupEndpointOptions
  readonly random: () => number
  readonly calls: readonly LookupCall[]
}

function replyTo(question: Question, state: State): Reply {
  const { options, random, calls } = state
  const nowMs = options.now()
  const refused = options.refusal?.() ?? null
  if (refused !== null) return refusal(refused)
  const inLastSecond = calls.filter(({ atMs }) => nowMs - atMs < 1000).length
  if (inLastSecond >= CALLS_PER_SECOND || random() < (options.throttleShare ?? 0))
    return { ...refusal('ThrottlingException'), outcome: 'throttled' }
  if (random() < (options.failShare ?? 0)) {
    const body = random() < 0.5 ? null : { __type: 'InternalFailure', message: 'try again' }
    return { outcome: 'failed', status: 500, body }
  }
  const badTime =
    question.StartTime * 1000 < nowMs - REACH_MS || question.StartTime > question.EndTime
  if (badTime) return refusal('InvalidTimeRangeException')
  if ((question.MaxResults ?? PAGE_COUNT) > PAGE_COUNT) return refusal('InvalidMaxResultsException')
  return pageFor(question, state)
}

function pageFor(question: Question, { options, random }: State): Reply {
  const { StartTime, EndTime, NextToken } = question
  const asked = `${StartTime}/${EndTime}`
  const [skipText = '', tokenAsked] = NextToken === undefined ? ['0', asked] : fromToken(NextToken)
  const expired = NextToken !== undefined && random() < (options.expireShare ?? 0)
  if (tokenAsked !== asked || expired) {
    return { ...refusal('InvalidNextTokenException'), outcome: 'expired' }
  }
  const again = Number(skipText) > 0 && random() < (options.repeatShare ?? 0)
  const skip = Number(skipText) - (again ? PAGE_COUNT : 0)
  const found = options.events.filter(
    ({ timeMs, visibleMs }) =>
      timeMs >= StartTime * 1000 && timeMs <= EndTime * 1000 && visibleMs <= options.now(),
  )
  const end = skip + PAGE_COUNT
  const token = end < found.length ? { NextToken: toToken(`${end} ${asked}`) } : {}
  const body = { Events: found.slice(skip, end).map(wrapped), ...token }
  return { outcome: 'answered', status: 200, body }
}

const toToken = (text: string): string => Buffer.from(text).toString('base64url')
const fromToken = (token: string): readonly string[] =>
  Buffer.from(token, 'base64url').toString().split(' ')

function wrapped({ id, timeMs, record }: WorldEvent): object {
  const { eventName, eventSource } = JSON.parse(record)
  const described = { EventId: id, EventName: eventName, EventSource: eventSource }
  return { ...described, EventTime: timeMs / 1000, Resources: [], CloudTrailEvent: record }
}

function refusal(name: string): Reply {
  return { outcome: 'refused', status: 400, body: { __type: name, message: `${name} says no` } }
}

/** A failure without a body is a connection cut off. */
function send(response: ServerResponse, { status, body }: Reply): void {
  if (body === null) {
    response.destroy()
    return
  }
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() }
  response.writeHead(status, headers).end(JSON.stringify(body))
}
