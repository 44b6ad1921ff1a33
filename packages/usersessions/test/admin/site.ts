import { Permission, User } from '@nuages/auth'
import type { Settings } from '@nuages/core'
import { HttpResponse } from '@nuages/http'
import { Client } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { auth, authUrls } from 'nuages/auth'
import { contenttypes } from 'nuages/contenttypes'
import type { Application } from 'nuages/gateway'
import { messages } from 'nuages/messages'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { admin } from '../../../admin/src/index.ts'
import { usersessions } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

export const password = 'correct horse 7'

/** A project with an admin, with its sessions in one engine or the other. */
export const adminSettings = (changes: object = {}) =>
  projectSettings({
    allowedHosts: ['example.com', '127.0.0.1'],
    installedApps: [staticfiles, contenttypes, sessions, messages, auth, usersessions, admin],
    urlconf: async () => ({
      urlpatterns: [
        path('who/', async (request) => new HttpResponse(String(await request.user))),
        path('favicon.ico', () => new HttpResponse('', { status: 204 })),
        path('accounts/', include(authUrls)),
        path('admin/', admin.urls),
      ],
    }),
    ...changes,
  }) as Settings

/** Somebody who logs in as people do, so that the session is written down. */
export async function logIn(application: Application, username: string, userAgent: string, clientAddress: string) {
  const client = new Client(application, { headers: { 'User-Agent': userAgent }, clientAddress })
  const { status } = await client.post('/accounts/login/', { form: { username, password } })
  if (status !== 303) throw new Error(`${username} could not log in: ${status}.`)
  return client
}

/** A member of the staff with these permissions, such as `'usersessions.view_usersession'`. */
export async function makeStaff(username: string, ...permissions: readonly string[]): Promise<User> {
  const user = await User.objects.createUser({ username, password })
  await User.objects.filter({ id: user.id }).update({ isStaff: true })
  for (const permission of permissions) {
    const [appLabel = '', codename = ''] = permission.split('.')
    await user.userPermissions.add(await Permission.objects.get({ codename, contentType__appLabel: appLabel }))
  }
  return user
}
