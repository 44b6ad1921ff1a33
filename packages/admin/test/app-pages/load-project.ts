import { registerHooks } from 'node:module'

// Sets a project up, with these apps besides, and prints which apps had their pages for the admin loaded.
const loaded = new Set<string>()
registerHooks({
  load(url, context, nextLoad) {
    const [, app] = /packages\/(\w+)\/src\/admin\.ts$/.exec(url) ?? []
    if (app !== undefined && app !== 'admin') loaded.add(app)
    return nextLoad(url, context)
  },
})

const names = ['contenttypes', 'sessions', 'auth', 'usersessions', 'twofactor', 'tokens', ...process.argv.slice(2)]
const installedApps = await Promise.all(
  names.map(async (name) => (await import(`../../../${name}/src/index.ts`))[name]),
)
const { createApplication, defineSettings } = await import('@nuages/core')
await createApplication(
  defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    installedApps,
    databases: { default: 'sqlite:never-opened.sqlite3' },
    logging: { level: 'silent' },
  }),
)
process.stdout.write(JSON.stringify([...loaded].sort()))
