import { rfc3339 } from '../base/times.ts'
import { newestWatermarkMs } from '../store/newest-watermark.ts'
import type { StoreReader } from '../store/store.ts'

/**
 * What a run has to say where `--from` (epoch milliseconds) begins after all that the store knows, as it does where `--from 30d`
 * stood still for longer: what was delivered between is passed over. Null where nothing is.
 */
export function passedOver(
  { from }: { readonly from?: number },
  store: Pick<StoreReader, 'watermarks'>,
): string | null {
  const untilMs = newestWatermarkMs(store)
  if (from === undefined || untilMs === 0 || from <= untilMs) return null
  const [until, begun] = [rfc3339(untilMs), rfc3339(from)]
  return `! The store knows events up to ${until}, and --from begins at ${begun}: what was delivered between is passed over; a run with --from ${until} reads it.\n`
}
