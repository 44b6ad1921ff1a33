import { apps } from '@nuages/core'
import { atomic, database, type RuntimeModel } from '@nuages/orm'
import { ContentType } from './content-type.ts'

/**
 * Makes the content types of all models that have none yet: one query to see which, one transaction to make them. Those of
 * models that are gone stay, since other rows may name them. Called after each `migrate`; calling it again changes nothing.
 */
export async function createContentTypes(using?: string): Promise<void> {
  if (!apps.has('contenttypes')) return
  const db = database(using)
  // The table is not there yet, or was taken back.
  if (!(await db.tableNames()).includes(ContentType.meta.table)) return
  const missing = async () => {
    const rows = await ContentType.objects.using(db.alias)
    const known = new Set(rows.map(({ appLabel, model }) => `${appLabel}.${model}`))
    return installedModels().filter(({ meta }) => !known.has(`${meta.appLabel}.${meta.modelName}`))
  }
  if ((await missing()).length === 0) return
  await atomic(
    async () => {
      // Asked again inside: another deployment may have been quicker.
      for (const { meta } of await missing()) {
        await ContentType.objects.using(db.alias).create({ appLabel: meta.appLabel, model: meta.modelName })
      }
    },
    { using: db.alias },
  )
}

function installedModels(): readonly RuntimeModel[] {
  return apps.models() as unknown as readonly RuntimeModel[]
}

/** The receiver of `postMigrate`; a function of its own, so that connecting it twice has no effect. */
export function createContentTypesAfterMigrate({ database: alias }: { readonly database: string }): Promise<void> {
  return createContentTypes(alias)
}
