import { defineSettings, resetSetup, type Settings, setup } from '@nuages/core'
import { mail, outbox } from '../../src/index.ts'

type Section = Parameters<typeof defineSettings<[typeof mail]>>[0]['mail']

/** Sets a project up that has mail, and empties the outbox. */
export async function project(section: Section = {}, rest: Partial<Settings> = {}): Promise<void> {
  await resetSetup()
  outbox.length = 0
  await setup(
    defineSettings({
      baseDir: import.meta.dirname,
      secretKey: 'of these tests, and long enough for them',
      templates: { dirs: ['templates'] },
      ...rest,
      installedApps: [mail],
      mail: section,
    } as Parameters<typeof defineSettings<[typeof mail]>>[0]),
  )
}
