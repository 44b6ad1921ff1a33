import { type Database, database, onCommit } from '@nuages/orm'
import type { ContentType } from './content-type.ts'

interface Known {
  readonly byId: Map<number, ContentType>
  readonly byKey: Map<string, ContentType>
}

/** By database, not by alias: a test's database is another one under the same alias. */
const known = new WeakMap<Database, Known>()

function knownIn(using: string | undefined): Known {
  const db = database(using)
  let own = known.get(db)
  if (!own) {
    own = { byId: new Map(), byKey: new Map() }
    known.set(db, own)
  }
  return own
}

const keyOf = (appLabel: string, model: string): string => `${appLabel}.${model}`

export function cachedById(id: number, using?: string): ContentType | undefined {
  return knownIn(using).byId.get(id)
}

export function cachedByKey(appLabel: string, model: string, using?: string): ContentType | undefined {
  return knownIn(using).byKey.get(keyOf(appLabel, model))
}

/** Keeps a content type once it is certain to be there: what a transaction made may yet be rolled back. */
export async function remember(contentType: ContentType, using?: string): Promise<void> {
  const own = knownIn(using)
  await onCommit(
    () => {
      own.byId.set(contentType.id, contentType)
      own.byKey.set(keyOf(contentType.appLabel, contentType.model), contentType)
    },
    ...(using === undefined ? [] : [{ using }]),
  )
}

export function forgetAll(using?: string): void {
  known.delete(database(using))
}
