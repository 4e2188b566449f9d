import { type Static, Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import { LABEL_NARROWING, labelFrom } from '../../base/label.ts'
import { type KeptLabel, keptLabel, labelView } from '../../insight/label.ts'
import type { StoreReader } from '../../store/store.ts'
import type { House, HttpApp } from '../http-types.ts'
import { TextOrNull, Time } from '../reply/shapes.ts'
import { IdParams } from './insight-routes.ts'

const closed = { additionalProperties: false }

const everyNarrowing = <Schema>(schema: Schema) =>
  Object.fromEntries(LABEL_NARROWING.map((name) => [name, schema])) as Record<
    (typeof LABEL_NARROWING)[number],
    Schema
  >

/** A label as it is answered. */
export const LabelReply = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ description: 'drop: fewer calls than usual; any other word: more.' }),
    title: Type.String(),
    startTime: Time,
    endTime: Time,
    ...everyNarrowing(TextOrNull),
    by: Type.String({ description: 'Who gave it: the name of a token, or a command line.' }),
    time: Time,
  },
  closed,
)

const moment = (description: string) => Type.String({ maxLength: 40, description })
const text = { type: ['string', 'null'], minLength: 1, maxLength: 2_048 }

const LabelBody = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 100 }),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
    startTime: moment('Its first call.'),
    endTime: moment('Just after its last.'),
    ...everyNarrowing(Type.Optional(Type.Unsafe<string | null>(text))),
  },
  {
    ...closed,
    examples: [
      {
        ...{ kind: 'exfiltration', account: '111122223333', eventSource: 's3' },
        ...{ startTime: '2026-10-21T02:35:00Z', endTime: '2026-10-21T03:10:00Z' },
      },
    ],
  },
)

/** `/v1/labels`: incidents that people know of, which `backtest` and `tune` hold history against. */
export function addLabelRoutes(app: HttpApp, house: Pick<House, 'now'>): void {
  app.get(
    '/v1/labels',
    {
      config: { access: 'account' },
      schema: {
        summary: 'Incidents that people know of, oldest first.',
        response: { 200: Type.Object({ items: Type.Array(LabelReply) }, closed) },
      },
    },
    async ({ reader }) => ({ items: reader.labels().map(labelView) }),
  )
  app.get(
    '/v1/labels/:id',
    {
      config: { access: 'account' },
      schema: {
        summary: 'One incident that somebody knows of.',
        params: IdParams,
        response: { 200: LabelReply },
      },
    },
    async ({ params, reader }) => labelView(labelById(reader, params.id)),
  )
  addWrites(app, house)
}

function addWrites(app: HttpApp, { now }: Pick<House, 'now'>): void {
  app.put(
    '/v1/labels',
    {
      config: { access: 'write' },
      schema: {
        summary:
          'Keeps an incident, as the labels file has them. Its id comes from all but its title: the same incident, told again, is no second one.',
        body: LabelBody,
        response: { 200: LabelReply },
      },
    },
    async ({ body, editor, caller }) => {
      const said = { by: caller?.name ?? '', atMs: now() }
      const label = keptLabel(labelFrom(body as Static<typeof LabelBody>, 'the label'), said)
      editor.putLabels([label])
      return labelView(label)
    },
  )
  app.delete(
    '/v1/labels/:id',
    {
      config: { access: 'write' },
      schema: {
        summary: 'Takes an incident back.',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async ({ params, reader, editor }, reply) => {
      editor.removeLabel(labelById(reader, params.id).id)
      return reply.code(204).send(null)
    },
  )
}

/** Throws `NOT_FOUND`. */
function labelById(reader: StoreReader, id: string): KeptLabel {
  const label = reader.labels().find((each) => each.id === id)
  if (label === undefined) {
    throw new Fault('NOT_FOUND', `there is no label '${id}': /v1/labels lists them`)
  }
  return label
}
