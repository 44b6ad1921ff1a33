import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { CommandError } from '@nuages/core'
import { builtIn } from '../program/built-in.ts'
import { writeScaffold } from '../scaffold/write-scaffold.ts'

/** Names that would hide a part of the project. */
const taken = new Set(['nuages', 'settings', 'urls', 'manage', 'templates', 'static', 'test'])

/** Whether a constant of the app's name would not compile: the words that JavaScript keeps to itself. */
function isReservedWord(name: string): boolean {
  try {
    new Function(`'use strict'; const ${name} = 0`)
    return name === 'await'
  } catch {
    return true
  }
}

export const startapp = builtIn({
  arguments: { name: { help: 'lower-case letters, digits and _, such as shop' } },
  options: { directory: { type: 'string', help: 'where to make it; by default a folder of that name in the project' } },
  async run({ args, options, project, stdout }) {
    const { name } = args
    if (!/^[a-z][a-z0-9_]*$/.test(name) || taken.has(name) || isReservedWord(name)) {
      throw new CommandError(
        `'${name}' cannot be the name of an app. Use lower-case letters, digits and _, starting with a letter, such as 'shop'.`,
      )
    }
    const folder = resolve(project.baseDir, options.directory ?? name)
    if (existsSync(folder)) throw new CommandError(`${folder} exists already. Choose another name, or remove it.`)
    await writeScaffold('app', folder, { app: name })
    const path = `./${relative(project.baseDir, folder)}`
    stdout.write(`Made the app '${name}' in ${path}/. Now:

1. In settings.ts, install it:
     import { ${name} } from '${path}/app.ts'
     installedApps: [..., ${name}]
2. In urls.ts, give it a place:
     import { urlpatterns as ${name}Urls } from '${path}/urls.ts'
     path('${name}/', include(${name}Urls, { namespace: '${name}' })),
3. Write models in ${path}/models.ts, then run makemigrations and migrate.
`)
  },
})
