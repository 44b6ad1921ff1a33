import type { Socket } from 'node:net'
import { createApplication } from '@nuages/core'
import { serve } from '@nuages/gateway'
import { NoReverseMatch, reverseName } from '@nuages/urls'
import { requireSoundProject } from '../commands/check.ts'
import type { BuiltInContext } from '../program/built-in.ts'
import { logRequests } from './log-requests.ts'
import type { SupervisorMessage, WorkerMessage } from './messages.ts'
import { warnOfUnappliedMigrations } from './unapplied-migrations.ts'

const stopTimeoutMs = 2_000

/**
 * The process that serves under `runserver`: it listens on nothing, its sockets come from the supervisor. Never resolves;
 * the process ends when the supervisor says so or goes away.
 */
export async function runWorker({ project, stdout, stderr }: BuiltInContext): Promise<never> {
  await requireSoundProject(project, stderr)
  const application = await createApplication(await project.settings())
  const server = await serve(logRequests(application, stdout), { listener: false })
  await warnOfUnappliedMigrations(stderr)

  const stop = async (): Promise<never> => {
    await server.close({ timeoutMs: stopTimeoutMs })
    process.exit(0)
  }
  process.on('message', (message: SupervisorMessage, socket: Socket | undefined) => {
    if (message.type === 'stop') void stop()
    // The socket is missing when its client left on the way here.
    else if (socket) server.accept(socket)
  })
  process.on('disconnect', () => process.exit(0))
  // Control-C reaches every process of the terminal; the supervisor decides.
  process.on('SIGINT', () => undefined)
  process.send!({ type: 'ready', adminPath: adminPath() } satisfies WorkerMessage)
  return new Promise<never>(() => undefined)
}

/** Where the namespace that the admin has in every project leads, if this one has it. */
function adminPath(): string | undefined {
  try {
    return reverseName('admin:index')
  } catch (error) {
    if (error instanceof NoReverseMatch) return undefined
    throw error
  }
}
