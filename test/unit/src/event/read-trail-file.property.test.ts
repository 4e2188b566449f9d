import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callsOf, readContent, recordsText, trailRecord } from '../../../support/trail-records.ts'

const oddity = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('__proto__', '\ud800', '"}],{', '\\', '\u2028', '😀', 'AccessDenied', ''),
)

/** A record whose caller-controlled fields hold anything. */
const record = fc
  .record({ errorCode: oddity, userAgent: oddity, requestParameters: oddity, userIdentity: oddity })
  .chain((changes) => fc.nat(86_399).map((at) => trailRecord(at, changes)))
const records = fc.array(record, { minLength: 1, maxLength: 8 })

/** Every framing that holds the same records. */
function framings(texts: readonly string[]): readonly string[] {
  const item = (text: string) => JSON.stringify({ EventId: 'x', CloudTrailEvent: text })
  return [
    recordsText(...texts),
    `{"before":{"Records":[1]},"Records":[${texts.join(' ,\n')}],"after":null}`,
    `[${texts.join(',')}]`,
    `\ufeff  [\n${texts.join(',\n')}\n]\n`,
    texts.join('\n'),
    `${texts.join('\r\n\r\n')}\r\n`,
    texts.map((text) => recordsText(text)).join('\n'),
    texts.map((text) => `[${text}]`).join('\n'),
    `{"NextToken":"abc","Events":[${texts.map(item).join(',')}]}`,
    `${texts.map(item).join('\n')}\n`,
    `[${texts.map(item).join(',')}]`,
  ]
}

describe('readTrailFile', () => {
  it('gives the same calls whatever the framing', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (all) => {
        const texts = all.map((one) => JSON.stringify(one))
        const [first, ...others] = framings(texts)
        const expected = callsOf((await readContent(first ?? '')).readings)
        expect(expected).toHaveLength(all.length)
        for (const other of others) {
          const { file, readings } = await readContent(other)
          expect(file).toMatchObject({ outcome: 'done', records: all.length })
          expect(callsOf(readings)).toEqual(expected)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same verdict and readings whatever the chunks, damaged or not', async () => {
    const damage = fc.record({
      at: fc.nat(),
      byte: fc.integer({ min: 0, max: 255 }),
      isPacked: fc.boolean(),
    })
    const place = fc.nat(10)
    await fc.assert(
      fc.asyncProperty(
        records,
        place,
        damage,
        fc.integer({ min: 1, max: 300 }),
        async (all, at, hit, chunkBytes) => {
          const texts = all.map((one) => JSON.stringify(one))
          const plain = Buffer.from(framings(texts)[at] ?? '')
          const content = hit.isPacked ? gzipSync(plain) : plain
          content[hit.at % content.length] = hit.byte
          const limits = { recordBytes: 700 }
          const whole = await readContent(content, { limits, chunkBytes: content.length })
          expect(await readContent(content, { limits, chunkBytes })).toEqual(whole)
          expect(whole.file.storedBytes).toBe(content.length)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('counts each reading once: what is taken is what is recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(oddity, { maxLength: 6 }), records, async (others, all) => {
        const texts = [...all, ...others].map((one) => JSON.stringify(one))
        const { file, readings } = await readContent(recordsText(...texts))
        expect(file).toMatchObject({ outcome: 'done', records: texts.length })
        expect(readings).toHaveLength(texts.length)
      }),
      { numRuns: 60 },
    )
  })
})
