import type { IngestProgress } from '../pipeline/ingest-report.ts'
import type { DetectProgress } from '../pipeline/scoring/detect.ts'
import type { LocalFiles } from '../source/local-files.ts'
import type { Source } from '../source/source.ts'
import { counted, grouped, progressOn } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** The progress of a run: files, MB/s, records/s and time left while reading; days while scoring. */
export function runProgress(
  terminal: Terminal,
  sources: readonly Source[],
  { quiet }: { readonly quiet: boolean },
) {
  const progress = progressOn(terminal, { quiet })
  const startedMs = terminal.now()
  let totalBytes: number | null = null
  if (!quiet) {
    // Counting runs beside the work; until it is done there is no time left to show. A failed count shows none.
    void totalsOf(sources).then(
      (bytes) => {
        totalBytes = bytes
      },
      () => {},
    )
  }
  return {
    onIngest(now: IngestProgress): void {
      progress.show(() => {
        const seconds = Math.max(0.001, (terminal.now() - startedMs) / 1000)
        const rate = now.storedBytes / seconds
        const left =
          totalBytes === null || rate === 0
            ? ''
            : ` · ${timeLeft((totalBytes - now.storedBytes) / rate)}`
        return `Reading  ${grouped(now.objects)} files · ${(rate / 1e6).toFixed(1)} MB/s · ${grouped(now.records / seconds)} records/s${left}`
      })
    },
    onDigest(digestCount: number): void {
      progress.show(() => `Verifying  ${counted(digestCount, 'digest')}`)
    },
    onDetect(now: DetectProgress): void {
      progress.show(() => scoringWords(now))
    },
    end: () => progress.end(),
  }
}

/** How far scoring has come. */
export function scoringWords({ account, daysDone, days }: DetectProgress): string {
  return `Scoring  ${account} · ${daysDone} of ${days} days`
}

async function totalsOf(sources: readonly Source[]): Promise<number | null> {
  const [first, ...others] = sources
  if (first === undefined || others.length > 0 || !('totals' in first)) return null
  return (await (first as LocalFiles).totals()).bytes
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s left`
  return `${Math.round(seconds / 60)} min left`
}
