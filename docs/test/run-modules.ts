import { execFile } from 'node:child_process'
import type { PageProject } from './page-project.ts'

/** Imports the files it is given one after the other, and leaves whatever they have started. */
const script = `
  import { pathToFileURL } from 'node:url'
  let failures = 0
  for (const file of process.argv.slice(1)) {
    await import(pathToFileURL(file).href).catch((error) => {
      failures += 1
      console.error('In ' + file + '\\n' + (error?.stack ?? error))
    })
  }
  process.exit(failures)
`

/**
 * Runs the modules of a page in a process of their own, in order: the top level of each.
 *
 * @returns what the process wrote about those that failed; empty when all went well
 */
export async function runModules({ folder, modules }: PageProject): Promise<string> {
  const files = modules.filter(({ run }) => run).map(({ file }) => file)
  if (files.length === 0) return ''
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    VITEST: '',
    SECRET_KEY: 'only-for-tests-0123456789-abcdefgh-ABCDEF',
  }
  return new Promise((done) => {
    const args = ['--input-type=module', '--eval', script, '--', ...files]
    execFile(process.execPath, args, { cwd: folder, env, timeout: 200_000 }, (error, _stdout, stderr) =>
      done(error ? stderr || error.message : ''),
    )
  })
}
