import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { belongsToBlog, withoutBlog } from './empty-variant.ts'
import { CreateProjectError } from './errors.ts'
import { projectName } from './project-name.ts'
import { templateFolder } from './template-folder.ts'

export interface CreateProjectOptions {
  /** Where the project goes: a folder that does not exist or is empty. */
  readonly directory: string
  /** `blog` is the starter as it stands, `empty` the same without the blog. */
  readonly template: 'blog' | 'empty'
}

/** npm leaves these names out of a package, so the template carries them under others. */
const restoredNames: Readonly<Record<string, string>> = { _gitignore: '.gitignore', _npmrc: '.npmrc' }
const leftOut = /^(node_modules|\.env|.*\.sqlite3(-wal|-shm)?|dist|coverage)$/
/** Tests that need a browser, Python or curl on the machine: they check the starter itself, not a site made of it. */
const forTheStarterOnly = /^test\/(browser|server)\//
const textFile = /\.(ts|json|md|html|css|js)$|^[_.]?(gitignore|npmrc|env\.example|nvmrc)$/

/**
 * Makes a new project: copies the template, names it, and writes a `.env` with a secret key of its own.
 * @returns the project's folder
 * @throws CreateProjectError when the name is not one npm takes, or the folder holds something already
 */
export async function createProject(options: CreateProjectOptions): Promise<string> {
  const name = projectName(options.directory)
  const target = resolve(options.directory)
  const present = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CreateProjectError('folder-not-empty', `${target} cannot be a project's folder: ${error.message}.`)
  })
  if (present.some((entry) => entry !== '.git')) {
    throw new CreateProjectError(
      'folder-not-empty',
      `${target} is not empty (${present.slice(0, 3).join(', ')}). Choose another folder, or empty it.`,
    )
  }
  const template = templateFolder()
  for (const path of await templateFiles(template)) {
    if (forTheStarterOnly.test(path) || (options.template === 'empty' && belongsToBlog(path))) continue
    await copyTemplateFile(template, target, path, (text) => {
      const chosen = options.template === 'empty' ? withoutBlog(path, text) : text
      return path === 'package.json' ? named(chosen, name) : chosen
    })
  }
  await writeFile(
    join(target, '.env'),
    `# For this machine only: never commit it.\nSECRET_KEY=${randomBytes(48).toString('base64url')}\n`,
  )
  return target
}

async function templateFiles(folder: string, under = ''): Promise<string[]> {
  const entries = await readdir(join(folder, under), { withFileTypes: true })
  const nested = entries
    .filter((entry) => !leftOut.test(entry.name))
    .map((entry) => {
      const path = under ? `${under}/${entry.name}` : entry.name
      return entry.isDirectory() ? templateFiles(folder, path) : [path]
    })
  return (await Promise.all(nested)).flat()
}

async function copyTemplateFile(
  from: string,
  to: string,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const folder = dirname(path)
  const file = path.slice(folder === '.' ? 0 : folder.length + 1)
  const target = join(to, folder, restoredNames[file] ?? file)
  await mkdir(dirname(target), { recursive: true })
  if (textFile.test(file)) await writeFile(target, change(await readFile(join(from, path), 'utf8')))
  else await copyFile(join(from, path), target)
}

function named(manifest: string, name: string): string {
  return `${JSON.stringify({ ...JSON.parse(manifest), name }, null, 2)}\n`
}
