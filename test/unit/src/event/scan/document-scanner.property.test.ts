import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutMark } from '../../../../../src/event/framing/detect-content.ts'
import { DocumentScanner } from '../../../../../src/event/scan/document-scanner.ts'
import { contentsOf, readPlainly } from '../../../../support/call-rows.ts'
import { FILE_LIMITS } from '../../../../support/file-limits.ts'
import { anyDamaged, anyDocument } from '../../../../support/hostile-documents.ts'

/** `npm run test:scan` asks for more. */
const RUNS = Number(process.env['SCAN_RUNS'] ?? 3000)
const CONTEXT = { account: '999999999999', stampMs: Date.UTC(2026, 5, 1), limits: FILE_LIMITS }
const MINUTES = 600_000

const scanner = new DocumentScanner()
const scanned = (bytes: Uint8Array) => scanner.read(withoutMark(bytes), CONTEXT)

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes))
    return true
  } catch {
    return false
  }
}

describe('DocumentScanner', () => {
  it(
    'finds in every document what the plain reader finds, or leaves it to that',
    () => {
      let provenCount = 0
      fc.assert(
        fc.property(anyDocument, (text) => {
          const bytes = Buffer.from(text)
          const found = scanned(bytes)
          if (found === null) return
          provenCount++
          const plain = readPlainly(bytes, CONTEXT)
          expect(found.records).toBe(plain.records)
          expect(contentsOf(found.takings.build())).toEqual(contentsOf(plain.takings))
        }),
        { numRuns: RUNS },
      )
      expect(provenCount).toBeGreaterThan(RUNS * 0.6)
    },
    MINUTES,
  )

  it(
    'finds in changed bytes that are JSON still what the plain reader finds',
    () => {
      let provenCount = 0
      fc.assert(
        fc.property(anyDamaged, (bytes) => {
          const found = scanned(bytes)
          if (found === null || !isJson(bytes)) return
          provenCount++
          const plain = readPlainly(bytes, CONTEXT)
          expect(found.records).toBe(plain.records)
          expect(contentsOf(found.takings.build())).toEqual(contentsOf(plain.takings))
        }),
        { numRuns: RUNS },
      )
      expect(provenCount).toBeGreaterThan(RUNS * 0.1)
    },
    MINUTES,
  )
})
