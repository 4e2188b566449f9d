import { incidentView } from '../insight/incident.ts'
import { insightView } from '../insight/view.ts'
import { safeJson } from './safe.ts'
import type { Message } from './sink.ts'

/** What Amazon SNS takes at most is 256 KB; others take more. */
const MOST_BYTES = 200_000

/**
 * A message as JSON text: its `id`, `kind`, and the incident with its insights, each as over HTTP, worst first: as many as fit in
 * 200 KB, `insightCount` says how many there are. The same message is the same text.
 */
export function messageJson({ id, kind, incident }: Message): string {
  const insights: string[] = []
  let size = 0
  for (const insight of incident.insights) {
    const text = safeJson(insightView(insight))
    size += Buffer.byteLength(text) + 1
    if (size > MOST_BYTES && insights.length > 0) break
    insights.push(text)
  }
  const head = safeJson({ id, kind, incident: incidentView(incident) }).slice(0, -2)
  return `${head},"insights":[${insights.join(',')}]}}`
}
