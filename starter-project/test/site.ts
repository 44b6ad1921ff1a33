import { createApplication } from 'nuages'
import type { Application } from 'nuages/gateway'
import { TestDatabase } from 'nuages/testing'
import { loaddemo } from '../blog/commands.ts'
import settings from '../settings.ts'

const silent = { write: (): void => {} }

/** The project as it stands, with the demo content, in a database of the test's own; it logs nothing. */
export async function openSite(overrides: Partial<typeof settings> = {}): Promise<Application> {
  const project = { ...settings, logging: { level: 'silent', pretty: false } as const, ...overrides }
  const database = await TestDatabase.create(project)
  await database.reset()
  await loaddemo.run({ args: {}, options: {}, stdout: silent, stderr: silent, settings: { ...project, debug: true } })
  return createApplication(project)
}
