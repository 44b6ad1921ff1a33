/** Copies starter-project into `template/`, as npm can carry it: real versions for the workspace's, and dotfiles renamed. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const packageFolder = resolve(import.meta.dirname, '..')
const root = resolve(packageFolder, '../..')
const template = join(packageFolder, 'template')
const renamed: Record<string, string> = { '.gitignore': '_gitignore', '.npmrc': '_npmrc' }

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
// Other sections name packages too: `allowBuilds` says `node: true`.
const catalog = workspace.slice(workspace.indexOf('\ncatalog:'))

function publishedVersion(name: string, wanted: string): string {
  if (wanted.startsWith('workspace:')) return `^${version}`
  if (wanted !== 'catalog:') return wanted
  const line = new RegExp(`^  ['"]?${name}['"]?: (\\S+)$`, 'm').exec(catalog)
  if (!line) throw new Error(`starter-project takes ${name} from the catalog, which has none`)
  return line[1]!
}

rmSync(template, { recursive: true, force: true })
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '.'], {
  cwd: join(root, 'starter-project'),
  encoding: 'utf8',
})
for (const file of files.trim().split('\n')) {
  const target = join(template, dirname(file), renamed[file] ?? file.split('/').at(-1)!)
  mkdirSync(dirname(target), { recursive: true })
  cpSync(join(root, 'starter-project', file), target)
}

const manifestFile = join(template, 'package.json')
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
for (const group of ['dependencies', 'devDependencies']) {
  for (const [name, wanted] of Object.entries<string>(manifest[group] ?? {}))
    manifest[group][name] = publishedVersion(name, wanted)
}
writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`)
