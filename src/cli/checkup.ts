import { Fault } from '../base/fault.ts'
import { type Checked, type Finding, failing } from '../base/finding.ts'

/** Something to look at. */
export interface Look {
  readonly of: Checked
  readonly look: () => Promise<readonly Finding[]> | readonly Finding[]
}

/** What the looks found, in their order. All look at once, each for so long at most; `onDone` hears how many are done. */
export function lookAll(
  looks: readonly Look[],
  limitMs: number,
  onDone: (count: number) => void = () => {},
): Promise<readonly Finding[]> {
  let count = 0
  const each = looks.map(async (look) => {
    const findings = await inTime(look, limitMs)
    count += 1
    onDone(count)
    return findings
  })
  return Promise.all(each).then((all) => all.flat())
}

async function inTime({ of, look }: Look, limitMs: number): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Finding[]>((resolve) => {
    const words = `no answer within ${limitMs / 1000} s`
    const finding = failing(of, words, 'look at the network, proxies and endpoints')
    timer = setTimeout(() => resolve([finding]), limitMs)
  })
  try {
    return await Promise.race([look(), late])
  } catch (error) {
    if (error instanceof Fault) return [failing(of, error.message)]
    throw error
  } finally {
    clearTimeout(timer)
  }
}
