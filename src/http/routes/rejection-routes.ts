import { Type } from 'typebox'
import { damageWords, rejectionWords } from '../../pipeline/remedies.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpApp } from '../http-types.ts'
import { PAGE_LIMITS } from '../limits.ts'
import { defaulted } from '../query/defaulted.ts'
import { oneOf, TextOrNull } from '../reply/shapes.ts'

const closed = { additionalProperties: false }

/** Of a record that may be 4 KiB long. */
const SAMPLE_CHARACTERS = 500

const RejectionsQuery = Type.Object(
  {
    limit: defaulted(
      Type.Integer({
        minimum: 1,
        maximum: PAGE_LIMITS.rows,
        default: 50,
        description: 'Files, and samples of records, at most.',
      }),
    ),
  },
  closed,
)

const RejectionsReply = Type.Object(
  {
    files: Type.Array(
      Type.Object(
        {
          file: Type.String(),
          outcome: oneOf(['failed', 'partial'], 'partial: some of its lines are no records.'),
          code: TextOrNull,
          reason: Type.String({ description: 'What is wrong with it, and what helps.' }),
        },
        closed,
      ),
    ),
    codes: Type.Array(
      Type.Object({ code: Type.String(), count: Type.Integer(), reason: Type.String() }, closed),
      { description: 'How many records were rejected for what.' },
    ),
    records: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          account: TextOrNull,
          file: Type.String(),
          sample: Type.String({ description: 'The beginning of the record.' }),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** `/v1/rejections`: what could not be counted, and why, as `offtrail quarantine list` has it. */
export function addRejectionRoutes(app: HttpApp): void {
  app.get(
    '/v1/rejections',
    {
      config: { access: 'whole' },
      schema: {
        summary: 'Files that failed and records that were rejected, with the reason and samples.',
        querystring: RejectionsQuery,
        response: { 200: RejectionsReply },
      },
    },
    async ({ query, reader }) => reader.snapshot(() => rejectionsOf(reader, query.limit)),
  )
}

function rejectionsOf(store: StoreReader, limit: number) {
  const damaged = (['failed', 'partial'] as const).flatMap((outcome) =>
    store.ledger({ outcome }).map(({ key: file, code, message }) => ({
      ...{ file, outcome, code },
      reason:
        outcome === 'partial' ? 'some of its lines are no records' : damageWords(code, message),
    })),
  )
  return {
    files: damaged.slice(0, limit),
    codes: [...store.totals().rejectedByCode].map(([code, count]) => ({
      ...{ code, count, reason: rejectionWords(code) },
    })),
    records: store.rejects(limit).map(({ code, account, objectKey, sample }) => ({
      ...{ code, account, file: objectKey, sample: sample.slice(0, SAMPLE_CHARACTERS) },
    })),
  }
}
