import { expect } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import type { Tokens } from '../../src/http/access/access.ts'
import type { Audit } from '../../src/http/access/audit.ts'
import { buildApp } from '../../src/http/app.ts'
import type { AwsAccess } from '../../src/http/aws/aws-routes.ts'
import { type HttpSettings, httpSettings } from '../../src/http/http-settings.ts'
import type { HttpApp, WhyNot } from '../../src/http/http-types.ts'
import type { PageFiles } from '../../src/http/page.ts'
import type { InboxDoor } from '../../src/sink/inbox.ts'
import type { SeriesRow, StoreEditor } from '../../src/store/store.ts'
import { type Contents, memoryReader } from './memory-reader.ts'
import { breaches } from './openapi-check.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** 2026-03-05 12:00 UTC, the day after `START_MS` of the insights. */
export const NOW_MS = Date.UTC(2026, 2, 5, 12)

/** A series with 16 hexadecimal digits of its row number as its id. */
export function aSeries(ref: number, differences: Partial<SeriesRow> = {}): SeriesRow {
  return {
    ref,
    id: ref.toString(16).padStart(16, '0'),
    account: '123456789012',
    region: 'us-east-1',
    category: 'Management',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    calls: 0,
    errors: 0,
    reads: 0,
    firstMinute: Date.UTC(2026, 1, 1) / MINUTE_MS,
    lastMinute: NOW_MS / MINUTE_MS - 1,
    ...differences,
  }
}

/** Says what it was asked, so that a test sees what reached it. */
const echo: WhyNot = (series, atMs, errorCode) => ({
  series,
  at: new Date(atMs).toISOString(),
  standing: 'sparse',
  count: 3,
  expected: null,
  low: null,
  high: 12,
  surprise: -1.5,
  needed: 2.25,
  verdict: 'quiet',
  gates: ['3 calls are fewer than the floor of 10'],
  sentence: `asked about ${errorCode ?? 'calls'}`,
  arithmetic: { bursts: 12, law: 'log-normal' },
})

/** The HTTP API over these contents, at `NOW_MS`. */
export function appOver(
  contents: Contents,
  named: Partial<Omit<HttpSettings, 'detection'>> = {},
  {
    aws,
    tokens,
    editor,
    inbox,
    audit,
    detection = {},
    page = { html: '<!doctype html><title>page</title>', script: 'script', style: 'style' },
  }: {
    readonly aws?: AwsAccess
    readonly tokens?: Tokens
    readonly editor?: StoreEditor
    readonly inbox?: InboxDoor
    readonly audit?: Audit
    readonly page?: PageFiles
    /** As a settings file has them. */
    readonly detection?: unknown
  } = {},
): Promise<HttpApp> {
  return buildApp({
    ...(aws !== undefined && { aws }),
    ...(tokens !== undefined && { tokens }),
    ...(editor !== undefined && { editor }),
    ...(inbox !== undefined && { inbox }),
    ...(audit !== undefined && { audit }),
    store: memoryReader(contents),
    settings: httpSettings(settingsFrom(detection), {
      stream: { pollMs: 10, heartbeatMs: 30, lifeMs: 100 },
      ...named,
    }),
    now: () => NOW_MS,
    why: echo,
    page,
  })
}

interface Answer<Body> {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  readonly body: Body
}

/** Asks the app, and holds the answer against its OpenAPI document. `body` is the parsed JSON, where it is JSON. */
export async function ask<Body = Record<string, unknown>>(
  app: HttpApp,
  url: string,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await app.inject({ url, headers })
  const contentType = String(response.headers['content-type'])
  const answered = { url, status: response.statusCode, contentType, text: response.body }
  expect(breaches(app, answered)).toEqual([])
  const isJson = /^application\/(problem\+)?json/.test(contentType)
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: (isJson ? response.json() : undefined) as Body,
  }
}
