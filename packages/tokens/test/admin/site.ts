import { auth, Permission, User } from '@nuages/auth'
import { createApplication, type Settings } from '@nuages/core'
import { HttpResponse } from '@nuages/http'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { path } from '@nuages/urls'
import { contenttypes } from 'nuages/contenttypes'
import { messages } from 'nuages/messages'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { test as base } from 'vitest'
import { admin } from '../../../admin/src/index.ts'
import { tokenRequired, tokens } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

/** A project with an API and an admin. */
export const settings = projectSettings({
  allowedHosts: ['example.com', '127.0.0.1'],
  installedApps: [staticfiles, contenttypes, sessions, messages, auth, tokens, admin],
  urlconf: async () => ({
    urlpatterns: [
      path(
        'api/',
        tokenRequired()(async (request) => new HttpResponse(String(await request.user))),
      ),
      path('favicon.ico', () => new HttpResponse('', { status: 204 })),
      path('admin/', admin.urls),
    ],
  }),
}) as Settings

export const test = base.extend<DatabaseFixtures>(testDatabase(settings))

export const application = await createApplication(settings)

/** A client of a member of the staff with these permissions, such as `'tokens.view_accesstoken'`. */
export async function staff(...permissions: readonly string[]): Promise<Client> {
  const user = await User.objects.create({ username: 'staff', password: '!', isStaff: true })
  for (const permission of permissions) {
    const [appLabel = '', codename = ''] = permission.split('.')
    await user.userPermissions.add(await Permission.objects.get({ codename, contentType__appLabel: appLabel }))
  }
  const client = new Client(application)
  await client.forceLogin(user)
  return client
}
