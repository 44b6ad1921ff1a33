import { createRequire } from 'node:module'
import pino, { type DestinationStream, type Logger } from 'pino'
import type { Settings } from '../settings/settings.ts'

const require = createRequire(import.meta.url)
const development = process.env.NODE_ENV !== 'production'

/**
 * The framework's log, and the project's: a pino logger. Lines for people on a terminal in development, JSON elsewhere.
 * The level and the form follow the `logging` setting.
 */
export let logger: Logger = makeLogger({ level: 'info', pretty: undefined, queries: false }, development)

/** Makes the logger that the settings ask for. Part of `setup()`. */
export function configureLogger(settings: Settings): void {
  logger = makeLogger(settings.logging, settings.debug)
}

function makeLogger(logging: Settings['logging'], debug: boolean): Logger {
  const forPeople = logging.pretty ?? (debug && hasTerminal())
  if (!forPeople) return pino({ level: logging.level }, pino.destination({ dest: 2, sync: debug }))
  return pino({ level: logging.level }, linesForPeople())
}

/** What writes them is loaded with the first line: most commands log nothing. */
function linesForPeople(): DestinationStream {
  let stream: DestinationStream | undefined
  return {
    write(line) {
      stream ??= (require('pino-pretty') as typeof import('pino-pretty'))({
        colorize: true,
        destination: 2,
        sync: true,
        ignore: 'pid,hostname',
        translateTime: 'SYS:HH:MM:ss',
      })
      stream.write(line)
    },
  }
}

/** Whether somebody reads along. `runserver` passes its worker's lines on, and says by FORCE_COLOR that it is at a terminal. */
function hasTerminal(): boolean {
  return process.stderr.isTTY === true || process.env.FORCE_COLOR === '1'
}
