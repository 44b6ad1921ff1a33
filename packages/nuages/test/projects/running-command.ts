import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of a project to its end. */
export function manageCommand(folder: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['manage.ts', ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr })
    })
  })
}

/** A command of a project that goes on until it is stopped. */
export class RunningCommand {
  readonly process: ChildProcess
  output = ''

  constructor(folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, ['manage.ts', ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
    })
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk
      })
    }
  }

  /** Waits for the output to match. Throws with all of it when the command ends before. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output)
      if (match) return match
      if (this.process.exitCode !== null) throw new Error(`It ended before it printed ${pattern}:\n${this.output}`)
      await sleep(10)
    }
  }

  /** Where it says that it serves, without the slash at the end. */
  async origin(): Promise<string> {
    return (await this.printed(/Serving at (http:\S+?)\/?\s/))[1]!
  }

  /** Waits for it to end by itself. Returns its exit code. */
  async exited(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit')
    return this.process.exitCode
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode
    this.process.kill(signal)
    return this.exited()
  }
}
