import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import type { StoreReader } from '../../src/store/store.ts'
import {
  DEFAULTS,
  runOver,
  temporaryFolder,
  withStore,
  writeDays,
} from '../support/pipeline-world.ts'

/** A server over a store of ten days with one burst, and how often it asked for insights. */
async function keptWorld() {
  const folder = temporaryFolder()
  const path = `${folder}/store.db`
  writeDays(`${folder}/trail`, { from: 0, until: 10 }, (day) =>
    day === 8 ? [{ minute: 720, count: 300 }] : [],
  )
  await withStore(path, (store) => runOver(store, `${folder}/trail`))
  const reader = openReader(path)
  let asked = 0
  const store: StoreReader = {
    ...reader,
    insights: (...ask) => {
      asked += 1
      return reader.insights(...ask)
    },
    insightTallies: () => {
      asked += 1
      return reader.insightTallies()
    },
  }
  const app = await buildApp({
    ...{ store, now: Date.now, settings: httpSettings(DEFAULTS), why: whyOf(store, DEFAULTS) },
  })
  const get = async (url: string, headers = {}) => {
    const before = asked
    const answer = await app.inject({ url, headers })
    return { answer, asked: asked - before }
  }
  const end = async () => {
    await app.close()
    reader.close()
  }
  return { get, end, path, folder }
}

describe('an answer that was given before', () => {
  it('has the same ETag, with a next page too, though it was not kept', async () => {
    const { get, end } = await keptWorld()
    const first = await get('/v1/series?limit=1')
    expect(first.answer.json().nextCursor).toBeDefined()
    await new Promise((resolve) => setTimeout(resolve, 5))
    const other = await get('/v1/series?&limit=1')
    expect(other.answer.headers.etag).toBe(first.answer.headers.etag)
    await end()
  })

  it('is given again, the same in every header but its request id', async () => {
    const { get, end } = await keptWorld()
    const first = await get('/v1/insights?limit=1')
    const again = await get('/v1/insights?limit=1')
    expect([first.asked, again.asked]).toEqual([1, 0])
    expect(again.answer.body).toBe(first.answer.body)
    const headersOf = ({ headers }: typeof first.answer) => ({
      ...headers,
      'x-request-id': '',
      date: '',
    })
    expect(headersOf(again.answer)).toEqual(headersOf(first.answer))
    const known = { 'if-none-match': String(first.answer.headers.etag) }
    const unchanged = await get('/v1/insights?limit=1', known)
    expect([unchanged.asked, unchanged.answer.statusCode, unchanged.answer.body]).toEqual([
      0,
      304,
      '',
    ])
    await end()
  })

  it('is made anew for another form, query or relative time', async () => {
    const { get, end } = await keptWorld()
    await get('/v1/insights')
    expect((await get('/v1/insights', { accept: 'text/csv' })).asked).toBe(1)
    expect((await get('/v1/insights', { accept: 'text/csv' })).answer.headers['content-type']).toBe(
      'text/csv; charset=utf-8',
    )
    expect((await get('/v1/insights?limit=2')).asked).toBe(1)
    for (const url of [
      '/v1/insights?from=4000d',
      '/v1/insights?limit=1&to=now',
      '/v1/insights?%66rom=4000d',
    ]) {
      expect((await get(url)).asked).toBe(1)
      expect((await get(url)).asked).toBe(1)
    }
    expect((await get('/v1/insights?from=2026-01-01')).asked).toBe(1)
    expect((await get('/v1/insights?from=2026-01-01')).asked).toBe(0)
    await end()
  })

  it('is made anew as soon as anything was written', async () => {
    const { get, end, path, folder } = await keptWorld()
    const first = await get('/v1/insights')
    writeDays(`${folder}/more`, { from: 10, until: 12 }, () => [{ minute: 300, count: 2000 }])
    await withStore(path, (store) => runOver(store, `${folder}/more`))
    const again = await get('/v1/insights')
    expect(again.asked).toBe(1)
    expect(again.answer.json().items.length).toBeGreaterThan(first.answer.json().items.length)
    expect(again.answer.headers.etag).not.toBe(first.answer.headers.etag)
    await end()
  })
})

describe('the metrics of insights', () => {
  it('are counted again once anything was written, and not before', async () => {
    const { get, end, path, folder } = await keptWorld()
    const counts = ({ answer }: Awaited<ReturnType<typeof get>>) =>
      answer.body.split('\n').filter((line) => line.startsWith('offtrail_insights{'))
    const first = await get('/metrics')
    const again = await get('/metrics')
    expect([first.asked, again.asked]).toEqual([1, 0])
    expect(counts(again)).toEqual(counts(first))
    writeDays(`${folder}/more`, { from: 10, until: 12 }, () => [{ minute: 300, count: 2000 }])
    await withStore(path, (store) => runOver(store, `${folder}/more`))
    const later = await get('/metrics')
    expect(later.asked).toBe(1)
    expect(counts(later)).not.toEqual(counts(first))
    await end()
  })
})
