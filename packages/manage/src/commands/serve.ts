import { createApplication, shutdown } from '@nuages/core'
import { serve as serveApplication } from '@nuages/gateway'
import { builtIn } from '../program/built-in.ts'
import { parseAddress } from '../runserver/address.ts'
import { untilSignalled } from '../runserver/until-signalled.ts'
import { requireSoundProject } from './check.ts'

export const serve = builtIn({
  arguments: {
    address: {
      required: false,
      help: 'port, or host:port; by default HOST and PORT of the environment, else 127.0.0.1:8000',
    },
  },
  options: {
    socket: { type: 'string', help: 'listen on a unix socket of this path instead, behind nginx' },
    timeout: {
      type: 'number',
      default: 30,
      help: 'seconds that requests in flight have to finish when the server stops',
    },
  },
  async run({ args, options, project, stdout, stderr }) {
    await requireSoundProject(project, stderr)
    const application = await createApplication(await project.settings())
    const where = options.socket === undefined ? parseAddress(args.address) : { socketPath: options.socket }
    const server = await serveApplication(application, where)
    const signalled = untilSignalled()
    stdout.write(`Serving at ${options.socket ?? server.url}\n`)
    const signal = await signalled
    stdout.write(`${signal}: finishing what is in flight.\n`)
    await server.close({ timeoutMs: options.timeout * 1000 })
    await shutdown()
  },
})
