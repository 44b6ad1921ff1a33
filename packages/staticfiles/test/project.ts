import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type App, createApplication, defineApp, defineSettings, resetSetup } from '@nuages/core'
import { staticfiles } from '../src/index.ts'

/** A project in a folder of its own, with two apps and their files. */
export interface StaticProject {
  readonly dir: string
  readonly application: Awaited<ReturnType<typeof createApplication>>
  remove(): Promise<void>
}

const files: Readonly<Record<string, string>> = {
  'static/site.css': 'body { color: project }',
  'static/hidden/.secret': 'secret',
  'static/.env': 'SECRET=1',
  'static/.well-known/security.txt': 'Contact: mailto:a@example.com',
  'static/a b/é.txt': 'named',
  'settings.ts': 'secret',
  'blog/static/blog/blog.css': 'body { color: blog }',
  'blog/static/site.css': 'body { color: app }',
  'shop/static/shop/app.js': 'export {}',
}

type Input = Parameters<typeof defineSettings<readonly [typeof staticfiles, App, App]>>[0]

/** `more` are files besides those that every project has. */
export async function makeProject(
  input: Partial<Input> = {},
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<StaticProject> {
  const dir = await mkdtemp(join(tmpdir(), 'nuages-static-'))
  for (const [path, text] of Object.entries({ ...files, ...more })) {
    await mkdir(join(dir, dirname(path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  const blog: App = defineApp({ name: 'blog', dir: join(dir, 'blog') })
  const shop: App = defineApp({ name: 'shop', dir: join(dir, 'shop') })
  const settings = defineSettings({
    baseDir: dir,
    debug: true,
    allowedHosts: ['localhost'],
    installedApps: [staticfiles, blog, shop],
    staticDirs: ['static'],
    logging: { level: 'silent' },
    secretKey: 'qm7Zr1VtNw0cXb9Yp3LsKd5Gf8Hj2Ua6-for-tests-only',
    ...input,
  } as Input)
  const application = await createApplication(settings)
  return {
    dir,
    application,
    async remove() {
      await resetSetup()
      await rm(dir, { recursive: true })
    },
  }
}
