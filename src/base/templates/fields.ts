/** A name that a template may say. */
export interface TemplateField {
  readonly name: string
  /** Of texts and lists a template asks whether there is one; a truth is only asked. */
  readonly kind: 'text' | 'number' | 'truth' | 'list'
  readonly meaning: string
}

const field = (kind: TemplateField['kind'], name: string, meaning: string): TemplateField => ({
  name,
  kind,
  meaning,
})

/** What a message says; these fields hold inside `insights`, too, where an insight has none of that name. */
export const MESSAGE_FIELDS: readonly TemplateField[] = [
  field('text', 'id', "the message's id, which a repeat has again"),
  field('text', 'kind', '`started`, `grown`, `ended` or `test`'),
  field(
    'text',
    'title',
    'all of it in a line: `critical: ec2:RunInstances and 2 more in 111122223333`',
  ),
  field('text', 'incident', "the incident's id"),
  field('text', 'account', 'account id'),
  field('text', 'state', '`open` or `closed`'),
  field('number', 'severity', '0 to 100, of the worst insight'),
  field('text', 'severityWord', '`info`, `minor`, `major` or `critical`'),
  field('text', 'startTime', 'RFC 3339, UTC'),
  field('text', 'endTime', 'the same; nothing while it lasts'),
  field('text', 'principal', 'the caller behind all of it; nothing where there are several'),
  field('text', 'apis', '`service:Action`, with commas between'),
  field('number', 'insightCount', 'how many insights it has'),
  field('list', 'insights', 'the worst ten of them, worst first'),
]

/** What each of `insights` says. */
export const INSIGHT_FIELDS: readonly TemplateField[] = [
  field('text', 'id', "the insight's id"),
  field('text', 'account', 'account id'),
  field('text', 'region', 'AWS Region'),
  field('text', 'api', '`service:Action`, and the error code'),
  field('text', 'eventSource', '`ec2.amazonaws.com`'),
  field('text', 'eventName', '`RunInstances`'),
  field(
    'text',
    'insightType',
    '`ApiCallRateInsight`, `ApiErrorRateInsight`, `AggregateInsight` or `NewApiInsight`',
  ),
  field('text', 'errorCode', 'nothing, but for errors'),
  field('text', 'direction', '`up` or `down`'),
  field('text', 'state', '`open` or `closed`'),
  field('number', 'severity', '0 to 100'),
  field('text', 'severityWord', 'the same in a word'),
  field('text', 'startTime', 'RFC 3339, UTC'),
  field('text', 'endTime', 'the same; nothing while it lasts'),
  field('number', 'count', 'calls or errors in the window that fired'),
  field('number', 'expected', 'as many were expected there'),
  field('number', 'low', 'at least so many are normal'),
  field('number', 'high', 'at most so many are normal'),
  field('text', 'principal', 'the caller behind most of it; nothing where none is known'),
  field('text', 'userAgent', 'the most frequent user agent; nothing where none is known'),
  field('text', 'explanation', 'a sentence'),
  field('truth', 'last', 'whether it is the last of the list: `{{^last}},{{/last}}`'),
]
