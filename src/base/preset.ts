/** How much one is willing to look at, in words: incidents a week of an account and of the organisation. */
export const PRESETS = {
  low: { account: 0.5, organization: 2.5 },
  medium: { account: 2, organization: 10 },
  high: { account: 8, organization: 40 },
} as const

/** Raw settings with the budgets of the preset they name; a budget that they name themselves stands. */
export function withPreset(raw: unknown): unknown {
  if (!isRecord(raw) || !isPreset(raw['preset'])) return raw
  const { preset, alarmBudget = {} } = raw
  return isRecord(alarmBudget)
    ? { ...raw, alarmBudget: { ...PRESETS[preset as keyof typeof PRESETS], ...alarmBudget } }
    : raw
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPreset(value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(PRESETS, value)
}
