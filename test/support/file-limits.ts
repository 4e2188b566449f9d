import { settingsFrom } from '../../src/base/settings.ts'
import type { FileLimits } from '../../src/event/api-call.ts'

/** The limits of one file unless the settings say otherwise. */
export const FILE_LIMITS: FileLimits = settingsFrom(null).limits
