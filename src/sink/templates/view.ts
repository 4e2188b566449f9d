import type { TemplateView } from '../../base/templates/template.ts'
import { apiWords } from '../../insight/api-words.ts'
import { incidentView } from '../../insight/incident.ts'
import type { Insight } from '../../insight/insight.ts'
import { insightView } from '../../insight/view.ts'
import { cutText } from '../cut-text.ts'
import { titleOf } from '../message-words.ts'
import type { Message } from '../sink.ts'

const MOST_INSIGHTS = 10
/** So that no value drowns a message. */
const MOST_TEXT = 500

/** What a template may say of a message: the fields of `MESSAGE_FIELDS`, plain values all of them. */
export function messageView(message: Message): TemplateView {
  const { id, kind, incident } = message
  const { id: incidentId, apis, insightCount, ...view } = incidentView(incident)
  const shown = incident.insights.slice(0, MOST_INSIGHTS)
  return shortened({
    ...{ id, kind, title: titleOf(message), incident: incidentId },
    ...{ ...view, apis: apis.join(', '), insightCount },
    insights: shown.map((insight, at) => oneView(insight, at === shown.length - 1)),
  })
}

function oneView(insight: Insight, last: boolean): TemplateView {
  const view = insightView(insight)
  const { id, account, region, eventSource, eventName, insightType, errorCode, direction } = view
  const { state, severity, severityWord, startTime, endTime, expected, low, high } = view
  const { principal, explanation, trigger, attributions } = view
  const agents = attributions.find(({ attribute }) => attribute === 'userAgent')
  return shortened({
    ...{ id, account, region, api: apiWords(insight), eventSource, eventName, insightType },
    ...{ errorCode, direction, state, severity, severityWord, startTime, endTime },
    ...{ count: trigger.count, expected, low, high, principal },
    ...{ userAgent: agents?.insight[0]?.value ?? null, explanation, last },
  })
}

function shortened(view: TemplateView): TemplateView {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => [
      name,
      typeof value === 'string' ? cutText(value, MOST_TEXT) : value,
    ]),
  )
}
