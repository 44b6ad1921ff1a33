import { homedir } from 'node:os'
import { join } from 'node:path'
import { type REPLServer, start } from 'node:repl'
import { text } from 'node:stream/consumers'
import { apps } from '@nuages/core'
import { isPending } from '@nuages/foundation'
import * as orm from '@nuages/orm'
import { reverse } from '@nuages/urls'
import { builtIn } from '../program/built-in.ts'

export const shell = builtIn({
  options: { command: { type: 'string', short: 'c', help: 'run this instead, and leave' } },
  async run({ options, project, stdout }) {
    await project.setup()
    const names = shellNames()
    const source = options.command ?? (process.stdin.isTTY ? undefined : await text(process.stdin))
    if (source !== undefined) {
      await evaluate(source, names)
      return
    }
    stdout.write(
      `Models: ${modelNames().join(', ') || 'none yet'}. Also at hand: orm's names, reverse. Leave with Control-D.\n`,
    )
    await untilClosed(openRepl(names))
  },
})

type Names = Readonly<Record<string, unknown>>

function shellNames(): Names {
  const models = Object.fromEntries(apps.models().map((model) => [model.name, model]))
  return { ...orm, reverse, ...models }
}

function modelNames(): readonly string[] {
  return apps.models().map((model) => model.name)
}

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<unknown>

/** Runs a script with the names of the shell as the body of an asynchronous function, so that `await` works in it. */
async function evaluate(source: string, names: Names): Promise<void> {
  await new AsyncFunction(...Object.keys(names), source)(...Object.values(names))
}

function openRepl(names: Names): REPLServer {
  const repl = start({ prompt: '> ', useGlobal: true, terminal: process.stdout.isTTY })
  Object.assign(repl.context, names)
  showLoaded(repl)
  repl.setupHistory(process.env['NODE_REPL_HISTORY'] ?? join(homedir(), '.nuages_history'), () => undefined)
  return repl
}

/** A queryset or a relation that a line results in is shown loaded: a REPL is there to look at rows. */
function showLoaded(repl: REPLServer): void {
  const evaluateLine = repl.eval
  const replaced: REPLServer['eval'] = function (this: REPLServer, source, context, file, callback) {
    evaluateLine.call(this, source, context, file, (error, result) => {
      if (error || !isPending(result)) return callback(error, result)
      Promise.resolve(result).then(
        (loaded) => callback(null, loaded),
        (problem) => callback(problem, undefined),
      )
    })
  }
  Object.defineProperty(repl, 'eval', { value: replaced })
}

function untilClosed(repl: REPLServer): Promise<void> {
  return new Promise((resolve) => repl.once('exit', resolve))
}
