import { existsSync, rmSync, statSync } from 'node:fs'
import { faultOf } from './file/fault-of.ts'
import { inspect } from './file/open-database.ts'

/** Removes the store at a path, if one is there. Throws `STORE_DAMAGED` rather than remove what is not Offtrail's. */
export function removeStore(path: string): void {
  try {
    if (existsSync(path) && statSync(path).size > 0) inspect(path)
  } catch (error) {
    throw faultOf(error, path)
  }
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
}
