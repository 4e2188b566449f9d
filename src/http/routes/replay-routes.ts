import { episodeAskFrom } from '../../pipeline/replay/episode-ask.ts'
import { episodeFacts } from '../../pipeline/replay/episode-facts.ts'
import { replaySeries } from '../../pipeline/replay/replay-series.ts'
import { accountWeeksOf, labelsIn } from '../../pipeline/tuning/backtest.ts'
import type { House, HttpApp } from '../http-types.ts'
import { EpisodesQuery, EpisodesReply, ReplayReply } from '../reply/replay-schemas.ts'
import { labelReply, replaySeriesReply, settingsReply } from '../reply/replay-views.ts'

/** Everything the store knows of, judged by the labels and verdicts in it. */
const WHOLE = { labels: [], fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }

/**
 * `/v1/replay`: what a history is decided from, so that whoever asks can decide it again with other settings, as `offtrail
 * backtest` does; and what scores alone do not say about the episodes that come of it.
 */
export function addReplayRoutes(app: HttpApp, { settings }: Pick<House, 'settings'>): void {
  const { detection } = settings
  app.get(
    '/v1/replay',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary:
          'Every score that was kept, by series, with the settings in force: what alarms are decided from.',
        response: { 200: ReplayReply },
      },
    },
    async ({ reader }) =>
      reader.snapshot(() => {
        const accounts = reader.accounts()
        return {
          settings: settingsReply(detection),
          accounts: accounts.map(({ account, firstMinute }) => ({ account, firstMinute })),
          accountWeeks: accountWeeksOf(reader, WHOLE),
          labels: labelsIn(reader, WHOLE).map(labelReply),
          series: accounts.flatMap(({ account }) =>
            replaySeries(reader, account, detection).map(replaySeriesReply),
          ),
        }
      }),
  )
  app.get(
    '/v1/replay/episodes',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary:
          'Who made the calls of episodes that some sensitivity would raise, and what else decides about them.',
        querystring: EpisodesQuery,
        response: { 200: EpisodesReply },
      },
    },
    async ({ query, reader }) => {
      const asks = query.episode.map(episodeAskFrom)
      const items = reader.snapshot(() => {
        const labels = labelsIn(reader, WHOLE)
        return episodeFacts(reader, { settings: detection, labels, asks })
      })
      return { items }
    },
  )
}
