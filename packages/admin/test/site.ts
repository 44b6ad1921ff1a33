import { Permission, User } from '@nuages/auth'
import { createApplication } from '@nuages/core'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base } from 'vitest'
import settings from './project/settings.ts'

/** A test with fresh databases. */
export const test = base.extend<DatabaseFixtures>(testDatabase(settings))

const application = await createApplication(settings)

/** A client of somebody who is not signed in. */
export function visitor(): Client {
  return new Client(application)
}

/** A client of a superuser. */
export async function superuser(username = 'root'): Promise<Client> {
  return signedIn(await makeUser(username, { isStaff: true, isSuperuser: true }))
}

/** A client of a member of the staff with these permissions, such as `'blog.view_post'`. */
export async function staff(...permissions: readonly string[]): Promise<Client> {
  const user = await makeUser('staff', { isStaff: true })
  for (const permission of permissions) {
    const [appLabel = '', codename = ''] = permission.split('.')
    await user.userPermissions.add(await Permission.objects.get({ codename, contentType__appLabel: appLabel }))
  }
  return signedIn(user)
}

/** A client of somebody who is signed in and no member of the staff. */
export async function member(): Promise<Client> {
  return signedIn(await makeUser('member', {}))
}

async function makeUser(
  username: string,
  flags: { readonly isStaff?: boolean; readonly isSuperuser?: boolean },
): Promise<User> {
  return User.objects.create({ username, password: '!', ...flags })
}

/** The same, asked for a CSRF token as everybody is. */
export async function superuserWithCsrf(): Promise<Client> {
  const client = new Client(application, { enforceCsrfChecks: true })
  await client.forceLogin(await makeUser('root', { isStaff: true, isSuperuser: true }))
  return client
}

async function signedIn(user: User): Promise<Client> {
  const client = visitor()
  await client.forceLogin(user)
  return client
}
