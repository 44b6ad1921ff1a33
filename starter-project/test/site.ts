import { createApplication } from 'nuages'
import type { Application } from 'nuages/gateway'
import { Client, type ClientOptions, TestDatabase } from 'nuages/testing'
import { User } from '../accounts/models.ts'
import { loaddemo } from '../blog/commands.ts'
import { Author } from '../blog/models.ts'
import settings from '../settings.ts'

const silent = { write: (): void => {} }

/** The project as it stands, with the demo content, in a database of the test's own; it logs nothing. */
export async function openSite(overrides: Partial<typeof settings> = {}): Promise<Application> {
  const project = { ...settings, logging: { ...settings.logging, level: 'silent' as const }, ...overrides }
  const database = await TestDatabase.create(project)
  await database.reset()
  await loaddemo.run({ args: {}, options: {}, stdout: silent, stderr: silent, settings: { ...project, debug: true } })
  return createApplication(project)
}

/** A client in which somebody is logged in: an author of the demo by their slug, or anybody else. */
export async function signedIn(application: Application, name: string, options?: ClientOptions): Promise<Client> {
  const author = await Author.objects.selectRelated('user').filter({ slug: name }).first()
  const user = author?.user ?? (await User.objects.createUser({ email: `${name}@example.com` }))
  await Author.objects.filter({ slug: name }).update({ user })
  const client = new Client(application, options)
  await client.forceLogin(user)
  return client
}
