import type { Static } from 'typebox'
import { expect, it } from 'vitest'
import type { EpisodesReply, ReplayReply } from '../../../../../src/http/reply/replay-schemas.ts'
import type * as schemas from '../../../../../src/http/reply/schemas.ts'
import { InsightItem } from '../../../../../src/http/reply/schemas.ts'
import type { ExclusionsReply } from '../../../../../src/http/routes/exclusion-routes.ts'
import type { FreshnessReply } from '../../../../../src/http/routes/freshness-route.ts'
import type { LabelReply } from '../../../../../src/http/routes/label-routes.ts'
import type { Stretches } from '../../../../../src/http/routes/stretch-routes.ts'
import type {
  EpisodeFacts,
  Exclusions,
  Explanation,
  Freshness,
  Incident,
  Insight,
  Label,
  Point,
  Replay,
  Series,
  Stretch,
  WholeInsight,
} from '../../../../../src/web/api/answers.ts'
import { OVERVIEW_FIELDS } from '../../../../../src/web/api/answers.ts'

/** What the page takes answers for, beside what the server says they are. The compiler compares. */
interface Pairs {
  readonly insight: [Insight, typeof schemas.InsightItem]
  readonly whole: [WholeInsight, typeof schemas.InsightReply]
  readonly incident: [Incident, typeof schemas.Incident]
  readonly series: [Series, typeof schemas.SeriesReply]
  readonly point: [Point, typeof schemas.Point]
  readonly explanation: [Explanation, typeof schemas.ExplanationReply]
  readonly label: [Label, typeof LabelReply]
  readonly exclusions: [Exclusions, typeof ExclusionsReply]
  readonly freshness: [Freshness, typeof FreshnessReply]
  readonly stretches: [{ readonly stretches: readonly Stretch[] }, typeof Stretches]
  readonly replay: [Replay, typeof ReplayReply]
  readonly episodes: [{ readonly items: readonly EpisodeFacts[] }, typeof EpisodesReply]
}
type Agrees<Pair> = Pair extends [infer Taken, infer Schema extends import('typebox').TSchema]
  ? Static<Schema> extends Taken
    ? true
    : false
  : never
const agree: { readonly [Name in keyof Pairs]: Agrees<Pairs[Name]> } = {
  ...{ insight: true, whole: true, incident: true, series: true, point: true, explanation: true },
  ...{ replay: true, episodes: true, label: true, exclusions: true, freshness: true },
  stretches: true,
}

it('the page takes answers for what the server says they are', () => {
  expect(Object.values(agree)).not.toContain(false)
})

it('the page asks for fields that insights have', () => {
  expect(Object.keys(InsightItem.properties)).toEqual(expect.arrayContaining([...OVERVIEW_FIELDS]))
})
