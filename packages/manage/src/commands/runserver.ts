import { builtIn } from '../program/built-in.ts'
import { parseAddress } from '../runserver/address.ts'
import { workerVariable } from '../runserver/messages.ts'

export const runserver = builtIn({
  arguments: {
    address: {
      required: false,
      help: 'port, or host:port; by default HOST and PORT of the environment, else 127.0.0.1:8000',
    },
  },
  options: { noReload: { type: 'boolean', help: 'do not watch files' } },
  async run({ args, options, ...context }) {
    if (process.env[workerVariable] && process.send) {
      const { runWorker } = await import('../runserver/worker.ts')
      return runWorker(context)
    }
    const { supervise } = await import('../runserver/supervise.ts')
    return supervise(parseAddress(args.address), !options.noReload, context)
  },
})
