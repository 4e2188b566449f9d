import type Database from 'better-sqlite3'

/** One connection to a store's file. */
export type Db = Database.Database
