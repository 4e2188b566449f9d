import { type Static, Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import { VERDICT_REASONS, VERDICT_WORDS, type Verdict, verdictView } from '../../insight/verdict.ts'
import type { House, HttpApp } from '../http-types.ts'
import { oneOf, TextOrNull, Time } from '../reply/shapes.ts'
import { IdParams, insightById } from './insight-routes.ts'

const closed = { additionalProperties: false }

/** A verdict as answered. */
export const VerdictReply = Type.Object(
  {
    insight: Type.String(),
    verdict: oneOf(VERDICT_WORDS),
    reason: Type.Union([oneOf(VERDICT_REASONS), Type.Null()]),
    note: TextOrNull,
    by: Type.String(),
    time: Time,
  },
  closed,
)

const VerdictBody = Type.Object(
  {
    verdict: oneOf(VERDICT_WORDS, 'true: it mattered; expected: known beforehand; false: nothing.'),
    reason: Type.Optional(oneOf(VERDICT_REASONS, 'Why it was not true.')),
    note: Type.Optional(Type.String({ maxLength: 1_000, description: 'Whatever helps others.' })),
  },
  { ...closed, examples: [{ verdict: 'true' }] },
)

const Tally = Type.Object(
  {
    api: Type.String({ description: 'eventSource:eventName.' }),
    ...Object.fromEntries(VERDICT_WORDS.map((word) => [word, Type.Integer()])),
  },
  closed,
)

/** What those who looked say of insights: `/v1/verdicts`, and one insight's own. */
export function addVerdictRoutes(app: HttpApp, { now }: Pick<House, 'now'>): void {
  app.get(
    '/v1/verdicts',
    {
      config: { access: 'account' },
      schema: {
        summary: 'What those who looked say of insights, oldest first, and how often for each API.',
        response: {
          200: Type.Object({ items: Type.Array(VerdictReply), apis: Type.Array(Tally) }, closed),
        },
      },
    },
    async ({ reader }) => {
      const verdicts = reader.verdicts()
      const apiOf = ({ insight }: Verdict): string => {
        const known = reader.insightById(insight)?.insight
        return known === undefined ? '-' : `${known.eventSource}:${known.eventName}`
      }
      return { items: verdicts.map(verdictView), apis: talliesOf(verdicts, apiOf) }
    },
  )
  app.get(
    '/v1/insights/:id/verdict',
    {
      config: { access: 'account' },
      schema: {
        summary: 'What somebody who looked says of one insight.',
        params: IdParams,
        response: { 200: VerdictReply },
      },
    },
    async ({ params, reader }) => {
      const { insight } = insightById(reader, params.id)
      const said = reader.verdicts().find((each) => each.insight === insight.id)
      if (said === undefined) throw new Fault('NOT_FOUND', 'nobody has said what it was')
      return verdictView(said)
    },
  )
  addWrites(app, now)
}

function addWrites(app: HttpApp, now: () => number): void {
  app.put(
    '/v1/insights/:id/verdict',
    {
      config: { access: 'write' },
      schema: {
        summary: 'Says what an insight was, in place of what was said before.',
        params: IdParams,
        body: VerdictBody,
        response: { 200: VerdictReply },
      },
    },
    async ({ params, body, reader, editor, caller }) => {
      const { insight } = insightById(reader, params.id)
      const { verdict, reason = null, note = null } = body as Static<typeof VerdictBody>
      const said = {
        insight: insight.id,
        verdict,
        reason,
        note,
        by: caller?.name ?? '',
        atMs: now(),
      }
      editor.putVerdict(said)
      return verdictView(said)
    },
  )
  app.delete(
    '/v1/insights/:id/verdict',
    {
      config: { access: 'write' },
      schema: {
        summary: 'Takes back what was said of an insight.',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async ({ params, reader, editor }, reply) => {
      editor.removeVerdict(insightById(reader, params.id).insight.id)
      return reply.code(204).send(null)
    },
  )
}

type Counts = Record<Verdict['verdict'], number>

function talliesOf(verdicts: readonly Verdict[], apiOf: (verdict: Verdict) => string) {
  const tallies = new Map<string, Counts>()
  for (const verdict of verdicts) {
    const api = apiOf(verdict)
    const tally = tallies.get(api) ?? { true: 0, expected: 0, false: 0 }
    tally[verdict.verdict] += 1
    tallies.set(api, tally)
  }
  return [...tallies].map(([api, tally]) => ({ api, ...tally }))
}
