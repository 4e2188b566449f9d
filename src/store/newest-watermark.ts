import type { StoreReader } from './store.ts'

/** Where the data ends, epoch milliseconds: the newest watermark of all accounts and Regions; 0 where there is none. */
export function newestWatermarkMs(store: Pick<StoreReader, 'watermarks'>): number {
  return Math.max(0, ...store.watermarks().map(({ watermarkMs }) => watermarkMs))
}
