import { type KeptLabel, keptLabel } from '../../src/insight/label.ts'

/** A label of one hour, with these differences. */
export function aLabel(changes: Partial<Omit<KeptLabel, 'id'>> = {}): KeptLabel {
  const { by = 'tests', atMs = Date.UTC(2026, 2, 6), ...rest } = changes
  const label = {
    ...{ kind: 'burst', title: 'keys were stolen', account: '123456789012', region: null },
    ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode: null },
    ...{ principal: null, startMs: Date.UTC(2026, 2, 3, 10), endMs: Date.UTC(2026, 2, 3, 11) },
    ...rest,
  }
  return keptLabel(label, { by, atMs })
}
