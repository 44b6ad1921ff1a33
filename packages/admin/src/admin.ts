import { Group, getUserModel, User } from '@nuages/auth'
import { type App, apps, defineApp } from '@nuages/core'
import { checkApps } from './checks/check-apps.ts'
import { checkUserModel } from './checks/check-user-model.ts'
import { AdminSite } from './site/admin-site.ts'
import { registerDeclared } from './site/declared-models.ts'
import { GroupAdmin } from './users/group-admin.ts'
import { UserAdmin, userAdmin } from './users/user-admin.ts'

/** The site that `admin` itself stands for. */
const site = new AdminSite<'admin'>()

let registeredUsers = false

/** Before the apps have their turn, which may unregister them; and once, since modules are loaded once. */
function registerUsers(): void {
  registeredUsers = true
  if (User.meta.swapped === undefined) site.register(User, UserAdmin)
  site.register(Group, GroupAdmin)
}

/** After the apps had their turn, which know their own class best. */
function registerOwnUsers(): void {
  const Model = getUserModel()
  if (!site.isRegistered(Model)) site.register(Model, userAdmin(Model))
}

const app = defineApp({
  name: 'admin',
  verboseName: 'Administration',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  checks: [checkApps, checkUserModel, () => site.check()],
  async ready() {
    if (!registeredUsers && apps.has('auth')) registerUsers()
    const modules: unknown[] = []
    for (const installed of apps.all()) modules.push(await installed.admin?.())
    if (apps.has('auth') && User.meta.swapped !== undefined) registerOwnUsers()
    for (const module of modules) registerDeclared(site, module)
  },
})

/** The app `admin`, and its site. */
export interface Admin extends App<'admin'> {
  /** The site: its title, its header. */
  readonly site: AdminSite<'admin'>
  /** Shows a model in the site: `admin.register(Post, { listDisplay: ['title'] })`, in the module that `admin` of an app names. */
  readonly register: AdminSite['register']
  readonly unregister: AdminSite['unregister']
  readonly isRegistered: AdminSite['isRegistered']
  /** For the URLconf: `path('admin/', admin.urls)`. */
  readonly urls: AdminSite<'admin'>['urls']
}

/**
 * The app, and its site: it goes into `installedApps`, and apps register their models with it.
 *
 * ```ts
 * admin.register(Post, { listDisplay: ['title', 'author'], searchFields: ['title'] })
 * path('admin/', admin.urls)
 * ```
 */
export const admin: Admin = Object.freeze({
  ...app,
  site,
  register: site.register.bind(site) as AdminSite['register'],
  unregister: site.unregister.bind(site),
  isRegistered: site.isRegistered.bind(site),
  urls: site.urls,
})
