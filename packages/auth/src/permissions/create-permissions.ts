import { ContentType, createContentTypes } from '@nuages/contenttypes'
import { apps } from '@nuages/core'
import { atomic, database, type ModelMeta, type RuntimeModel } from '@nuages/orm'
import { Permission } from '../users/permission.ts'

/** What may be done with the rows of a model, unless it says otherwise. */
const defaultActions = ['add', 'change', 'delete', 'view']

/** The codename of an action, as it is stored: `'add_post'`. Django's `get_permission_codename`. */
export function getPermissionCodename(action: string, meta: ModelMeta): string {
  return `${action}_${meta.modelName}`
}

/** The codes and names of what users may be permitted to do with a model. */
function permissionsOfModel(meta: ModelMeta): readonly (readonly [codename: string, name: string])[] {
  const actions = meta.options.defaultPermissions ?? defaultActions
  return [
    ...actions.map((action) => [getPermissionCodename(action, meta), `Can ${action} ${meta.verboseName}`] as const),
    ...(meta.options.permissions ?? []),
  ]
}

/**
 * Makes the permissions of all models that are not there yet: one query to see which, one transaction to make them. Those
 * that no model has any more stay, since users may have them. Called after each `migrate`; calling it again changes nothing.
 */
export async function createPermissions(using?: string): Promise<void> {
  if (!apps.has('auth')) return
  await createContentTypes(using)
  const db = database(using)
  const tables = await db.tableNames()
  // A table is not there yet, or was taken back.
  if (![Permission, ContentType].every(({ meta }) => tables.includes(meta.table))) return
  if ((await missingPermissions(db.alias)).length === 0) return
  await atomic(
    async () => {
      const types = await ContentType.objects.getForModels(installedModels(), { using: db.alias })
      // Asked again inside: another deployment may have been quicker.
      for (const { model, codename, name } of await missingPermissions(db.alias)) {
        await Permission.objects.using(db.alias).create({ contentType: types.get(model)!, codename, name })
      }
    },
    { using: db.alias },
  )
}

async function missingPermissions(alias: string) {
  const rows = Permission.objects.using(alias).orderBy()
  const pairs = await rows.valuesList('contentType__appLabel', 'contentType__model', 'codename')
  const known = new Set(pairs.map((names) => names.join('.')))
  return installedModels().flatMap((model) =>
    permissionsOfModel(model.meta)
      .filter(([codename]) => !known.has(`${model.meta.appLabel}.${model.meta.modelName}.${codename}`))
      .map(([codename, name]) => ({ model, codename, name })),
  )
}

function installedModels(): readonly RuntimeModel[] {
  return apps.models() as unknown as readonly RuntimeModel[]
}

/** The receiver of `postMigrate`; a function of its own, so that connecting it twice has no effect. */
export function createPermissionsAfterMigrate({ database: alias }: { readonly database: string }): Promise<void> {
  return createPermissions(alias)
}
