import type { HttpRequest } from '@nuages/http'
import type { ModelMeta } from '@nuages/orm'
import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { PermissionHooks } from '../options/permission-hooks.ts'
import type { Permissions } from '../pages/frame.ts'
import { userOf } from '../site/staff-user.ts'

export type Action = 'add' | 'change' | 'delete' | 'view'

/** A model and who may do what with it: a `ModelAdmin`, or an inline. */
export interface Guarded {
  readonly meta: ModelMeta
  readonly options: PermissionHooks<AnyModel>
}

/** The permission's name: `'blog.change_post'`. */
function permissionName(meta: ModelMeta, action: Action): string {
  return `${meta.appLabel}.${action}_${meta.modelName}`
}

/** Whether the user may do `action`: with `row`, or with rows in general. Whoever may change may view. */
export async function mayUser(
  { meta, options }: Guarded,
  action: Action,
  request: HttpRequest,
  row: AnyRow | null = null,
): Promise<boolean> {
  const granted = (wanted: Action) => async (): Promise<boolean> =>
    (await userOf(request)).hasPerm(permissionName(meta, wanted))
  switch (action) {
    case 'add':
      return options.hasAddPermission?.(request, granted('add')) ?? granted('add')()
    case 'change':
      return options.hasChangePermission?.(request, row, granted('change')) ?? granted('change')()
    case 'delete':
      return options.hasDeletePermission?.(request, row, granted('delete')) ?? granted('delete')()
    case 'view': {
      const allowed = async (): Promise<boolean> => (await granted('view')()) || (await granted('change')())
      return options.hasViewPermission?.(request, row, allowed) ?? allowed()
    }
  }
}

/** Whether the user may look at it: who may change may look. */
export async function mayLook(guarded: Guarded, request: HttpRequest, row: AnyRow | null = null): Promise<boolean> {
  return (await mayUser(guarded, 'view', request, row)) || (await mayUser(guarded, 'change', request, row))
}

/** All that the user may do. */
export async function permissionsOf(
  guarded: Guarded,
  request: HttpRequest,
  row: AnyRow | null = null,
): Promise<Permissions> {
  const add = await mayUser(guarded, 'add', request)
  const change = await mayUser(guarded, 'change', request, row)
  const mayDelete = await mayUser(guarded, 'delete', request, row)
  return { add, change, delete: mayDelete, view: change || (await mayUser(guarded, 'view', request, row)) }
}

/** Whether the model's app is shown to the user at all. */
export async function mayEnter({ meta, options }: Guarded, request: HttpRequest): Promise<boolean> {
  const allowed = async (): Promise<boolean> => (await userOf(request)).hasModulePerms(meta.appLabel)
  return options.hasModulePermission?.(request, allowed) ?? allowed()
}
