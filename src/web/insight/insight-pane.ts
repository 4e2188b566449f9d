import type { Incident, WholeInsight } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import { element, refill } from '../dom/element.ts'
import { severityMark } from '../incidents/incident-list.ts'
import { report } from '../report/report-data.ts'
import type { Context, Pane } from '../shell/pane.ts'
import { lengthOf } from '../state/times.ts'
import { apiOf, counted, serviceOf, shortApi } from '../state/words.ts'
import { attributionSection } from './attributions.ts'
import { curlSection, evidenceSection, recordsSection } from './evidence.ts'
import { factorTable, numbersTable } from './factors.ts'
import { seriesLink } from './series-link.ts'
import { suppressSection } from './suppress-like.ts'
import { verdictSection } from './verdict.ts'

/** One insight: why it was raised, who was behind it, and the calls themselves. */
export function insightPane(): Pane {
  const root = element('div', {}, element('p', { class: 'quiet' }, 'Loading…'))
  let latest: Context | null = null
  let loaded: { readonly insight: WholeInsight; readonly incident: Incident | null } | null = null

  async function load(context: Context): Promise<void> {
    const { insight: id, incident: group } = context.view
    const incident =
      group === null ? null : await ask<Incident>(`/v1/incidents/${encodeURIComponent(group)}`)
    const one = id ?? incident?.insights[0]?.id ?? ''
    const insight = await ask<WholeInsight>(`/v1/insights/${encodeURIComponent(one)}`)
    loaded = { insight, incident }
    if (latest !== null && latest.view.insight === id) draw(latest)
  }

  function draw(context: Context): void {
    if (loaded === null) return
    const { insight, incident } = loaded
    refill(
      root,
      ...headOf(insight, context),
      siblings(insight, incident, context),
      ...bodyOf(insight, context),
    )
    context.say(insight.explanation)
    document.title = `${apiOf(insight.eventSource, insight.eventName)} – Offtrail`
  }

  return {
    title: 'Insight',
    root,
    show(context) {
      latest = context
      const isSame = loaded !== null && loaded.insight.id === context.view.insight
      if (isSame) draw(context)
      else load(context).catch((error) => context.failed(error, root))
    },
  }
}

function headOf(insight: WholeInsight, { times, link, view }: Context) {
  const { eventSource, eventName, errorCode, direction } = insight
  const start = Date.parse(insight.startTime)
  const lasted =
    insight.endTime === null ? 'still open' : lengthOf(Date.parse(insight.endTime) - start)
  const back = link({ pane: 'overview', insight: null, incident: null })
  return [
    element('p', {}, element('a', { href: back }, '← All incidents')),
    element(
      'h1',
      {},
      `${serviceOf(eventSource)}: ${apiOf(eventSource, eventName)}`,
      errorCode !== null && ` – ${errorCode}`,
    ),
    element(
      'p',
      { class: 'row' },
      severityMark(insight.severity),
      element(
        'span',
        {},
        `${direction === 'up' ? 'rise' : 'fall'} at ${times.moment(start)} ${times.zone}, ${lasted}`,
      ),
      element('span', { class: 'quiet' }, placeText(insight)),
    ),
    element('p', { class: 'sentence' }, insight.explanation),
    insight.category !== 'Aggregate' && seriesLink(insight, { link, view }),
  ]
}

function placeText({ account, region, category }: WholeInsight): string {
  const where = region === 'all' ? 'all Regions' : region
  return `account ${account}, ${where}${category === 'Aggregate' ? '' : `, ${category}`}`
}

/** The other insights of the same incident. */
function siblings(insight: WholeInsight, incident: Incident | null, { link }: Context) {
  const others = incident?.insights ?? []
  if (others.length < 2) return null
  const items = others.map((each) =>
    element(
      'li',
      {},
      severityMark(each.severity),
      ' ',
      element(
        'a',
        {
          href: link({ insight: each.id }),
          'data-key': each.id,
          'aria-current': each.id === insight.id ? 'true' : null,
        },
        `${serviceOf(each.eventSource)}: ${apiOf(each.eventSource, each.eventName)}`,
        each.errorCode !== null && ` – ${each.errorCode}`,
      ),
    ),
  )
  return element(
    'nav',
    { 'aria-label': 'Insights of this incident', class: 'siblings' },
    element('h2', {}, `This incident has ${others.length} insights`),
    element('ul', {}, ...items),
  )
}

function bodyOf(insight: WholeInsight, context: Context) {
  const path = `/v1/insights/${insight.id}`
  return [
    section('In numbers', numbersTable(insight, context.times)),
    insight.attributions.length > 0 && attributionSection(insight),
    insight.aggregate !== null && section('APIs that took part', topApis(insight.aggregate)),
    insight.category !== 'Aggregate' && evidenceSection(path, context),
    report === null && verdictSection(insight.id, context),
    report === null && suppressSection(insight),
    section('How the score came about', factorTable(insight.arithmetic)),
    insight.category !== 'Aggregate' && recordsSection(path, context),
    report === null && curlSection(path),
  ]
}

function topApis({ apiCount, topApis: apis }: NonNullable<WholeInsight['aggregate']>): HTMLElement {
  const items = apis.map(({ api, calls }) =>
    element('li', {}, `${shortApi(api)}: ${counted(calls, 'call')}`),
  )
  const more = apiCount - apis.length
  return element(
    'ul',
    {},
    ...items,
    more > 0 && element('li', { class: 'quiet' }, `and ${more} others`),
  )
}

function section(title: string, ...contents: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'narrow' }, element('h2', {}, title), ...contents)
}
