import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Inside this package, so that a project's `import … from 'nuages'` finds it. */
const projects = resolve(import.meta.dirname, '../.projects')

/** The smallest project with a page: one view, one template, one app. */
export const smallProject: Readonly<Record<string, string>> = {
  'manage.ts': `import { manage } from 'nuages/manage'

await manage({ settings: () => import('./settings.ts'), baseDir: import.meta.dirname })
`,
  'settings.ts': `import { defineSettings } from 'nuages'
import { shop } from './shop/app.ts'

export default defineSettings({
  baseDir: import.meta.dirname,
  debug: true,
  secretKey: 'a-key-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ',
  installedApps: [shop],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:db.sqlite3' },
  templates: { dirs: ['templates'] },
})
`,
  'urls.ts': `import { path } from 'nuages/urls'
import * as views from './shop/views.ts'

export const urlpatterns = [path('', views.home, 'home'), path('page/', views.page, 'page')]
`,
  'templates/page.html': '<p>page one</p>\n',
  'shop/app.ts': `import { defineApp } from 'nuages'

export const shop = defineApp({
  name: 'shop',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  commands: () => import('./commands.ts'),
})
`,
  'shop/models.ts': `import { char, Model, manager } from 'nuages/orm'

export class Product extends Model({ name: char({ maxLength: 100 }) }) {
  static objects = manager(Product)
}
`,
  'shop/commands.ts': `import { CommandError, defineCommand } from 'nuages'
import { Product } from './models.ts'

export const stock = defineCommand({
  name: 'stock',
  help: 'Adds a product.',
  arguments: { name: { help: 'its name' } },
  options: { times: { type: 'number', default: 1 } },
  async run({ args, options, stdout }) {
    if (args.name === 'nothing') throw new CommandError('There is no product named nothing.')
    for (let time = 0; time < options.times; time += 1) await Product.objects.create({ name: args.name })
    stdout.write(\`\${await Product.objects.count()} products\\n\`)
  },
})
`,
  'shop/views.ts': `import { type HttpRequest, HttpResponse } from 'nuages/http'
import { render } from 'nuages/views'

export function home(): HttpResponse {
  return new HttpResponse('version one')
}

export function page(request: HttpRequest): Promise<HttpResponse> {
  return render(request, 'page.html')
}
`,
}

export interface TemporaryProject {
  readonly folder: string
  write(file: string, text: string): Promise<void>
  remove(): Promise<void>
}

/** Makes a project of the given files in a folder of its own. */
export async function temporaryProject(
  files: Readonly<Record<string, string>> = smallProject,
): Promise<TemporaryProject> {
  await mkdir(projects, { recursive: true })
  const folder = await mkdtemp(join(projects, 'project-'))
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  for (const [file, text] of Object.entries(files)) await write(file, text)
  return { folder, write, remove: () => rm(folder, { recursive: true, force: true }) }
}
