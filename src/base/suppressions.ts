import { type Static, Type } from 'typebox'

const pattern = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 512, description }))

/** What a rule does: silence insights, or keep calls out of the counts that are judged and that teach. */
export const SUPPRESSION_EFFECTS = ['mute', 'drop-from-counts'] as const

/** What nobody wants to hear of: a rule is about whatever matches all it names. */
export const SuppressionSchema = Type.Object(
  {
    effect: Type.Optional(
      Type.Enum([...SUPPRESSION_EFFECTS], {
        description:
          'mute, unless said otherwise: insights are silenced, calls still counted and learned from. drop-from-counts: calls are neither judged nor learned from, on every UTC day that from and until touch.',
      }),
    ),
    api: pattern('service:Action, with * and ?: ec2:Describe*.'),
    account: pattern('Account id.'),
    region: pattern('AWS Region.'),
    principal: pattern(
      'ARN of the caller behind most of it, without session name: *role/deployer.',
    ),
    userAgent: pattern('The user agent behind most of it.'),
    errorCode: pattern('Error code of an error-rate insight.'),
    insightType: Type.Optional(
      Type.Enum(
        ['ApiCallRateInsight', 'ApiErrorRateInsight', 'AggregateInsight', 'NewApiInsight'],
        { description: 'Type of insight.' },
      ),
    ),
    direction: Type.Optional(Type.Enum(['up', 'down'], { description: 'Rises, or falls.' })),
    from: Type.Optional(
      Type.String({ format: 'date-time', description: 'Only what begins from then on, RFC 3339.' }),
    ),
    until: Type.Optional(
      Type.String({ format: 'date-time', description: 'Only what begins before, RFC 3339.' }),
    ),
    reason: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'Why, for whoever comes next.',
    }),
  },
  { additionalProperties: false, minProperties: 2 },
)

export type Suppression = Static<typeof SuppressionSchema>

/** Whether a rule keeps calls out of the counts. */
export const isDropping = ({ effect }: Suppression): boolean => effect === 'drop-from-counts'

const SELECTORS = ['api', 'account', 'region', 'principal', 'userAgent', 'errorCode'] as const

/** What is odd about rules beyond their shapes: places within the list, and words. */
export function suppressionOddities(
  rules: readonly Suppression[],
): readonly { readonly path: string; readonly words: string }[] {
  return rules.flatMap((rule, at) => {
    const names = Object.keys(rule).filter((name) => name !== 'reason' && name !== 'effect')
    if (!isDropping(rule)) {
      return names.length > 0 ? [] : [{ path: `${at}`, words: 'names nothing beside its reason' }]
    }
    const odd = (['direction', 'insightType'] as const).filter((name) => rule[name] !== undefined)
    return [
      ...odd.map((name) => ({
        path: `${at}.${name}`,
        words: 'calls have none: leave it out, or take the effect mute',
      })),
      ...(SELECTORS.some((name) => rule[name] !== undefined)
        ? []
        : [{ path: `${at}`, words: `names no calls: it takes one of ${SELECTORS.join(', ')}` }]),
      ...(rule.from !== undefined &&
      rule.until !== undefined &&
      Date.parse(rule.from) >= Date.parse(rule.until)
        ? [{ path: `${at}.until`, words: 'lies before its from' }]
        : []),
    ]
  })
}
