import { admin } from '@nuages/admin'
import { createApplication, defineSettings, runChecks } from '@nuages/core'
import { expect, test } from 'vitest'

test('a project without the apps that the admin needs is told which', async () => {
  const settings = defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh-0123456789-abcdefgh',
    allowedHosts: ['testserver'],
    installedApps: [admin],
    logging: { level: 'silent' },
  })
  await createApplication(settings)
  const found = await runChecks({ tags: ['admin'] })
  expect(found.map(({ id, hint }) => [id, hint])).toEqual([
    ['admin.E401', 'Add contenttypes, of nuages/contenttypes, to installedApps.'],
    ['admin.E405', 'Add auth, of nuages/auth, to installedApps.'],
    ['admin.E410', 'Add sessions, of nuages/sessions, to installedApps.'],
    ['admin.E406', 'Add messages, of nuages/messages, to installedApps.'],
    ['admin.E900', 'Add staticfiles, of nuages/staticfiles, to installedApps.'],
  ])
})
