import { apps } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { SafeString } from '@nuages/templates'
import { type Level, levelNumber } from './levels.ts'
import { Message } from './message.ts'
import type { MessageList } from './message-list.ts'
import { storageOf } from './message-storage.ts'

export interface MessageOptions {
  /** Tags besides the level's, with spaces between. */
  readonly extraTags?: string
  /** Says nothing where the app is not installed, in place of throwing: for apps that work without. */
  readonly failSilently?: boolean
}

/** Says something to the visitor, on this page or the next. */
type Say = (request: HttpRequest, message: string | SafeString, options?: MessageOptions) => void

function add(request: HttpRequest, level: Level, message: string | SafeString, options: MessageOptions = {}): void {
  if (!apps.has('messages')) {
    if (options.failSilently) return
    throw new ImproperlyConfigured('A message was added, and the app messages is not installed.', {
      hint: 'Add the app of nuages/messages to installedApps.',
    })
  }
  storageOf(request).add(new Message(levelNumber(level), message, options.extraTags))
}

const at =
  (level: Level): Say =>
  (request, message, options) =>
    add(request, level, message, options)

/** What the app `messages` can do besides being installed. */
export interface MessageFunctions {
  /** Adds a message of any level. Throws `ImproperlyConfigured` where the app is not installed. */
  add(request: HttpRequest, level: Level, message: string | SafeString, options?: MessageOptions): void
  readonly debug: Say
  readonly info: Say
  readonly success: Say
  readonly warning: Say
  readonly error: Say
  /** The messages for the visitor. Going over them shows them: they are gone with the next page. */
  get(request: HttpRequest): Promise<MessageList>
  /** The least level that is kept in this request. */
  getLevel(request: HttpRequest): number
  /** Changes it for this request; `null` goes back to the settings. */
  setLevel(request: HttpRequest, level: Level | null): void
}

export const messageFunctions: MessageFunctions = {
  add,
  debug: at('debug'),
  info: at('info'),
  success: at('success'),
  warning: at('warning'),
  error: at('error'),
  get: (request) => storageOf(request).load(),
  getLevel: (request) => storageOf(request).minimum,
  setLevel: (request, level) => storageOf(request).setMinimum(level),
}
