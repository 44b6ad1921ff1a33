import { type Pending, type PendingState, pending } from '@nuages/foundation'
import { type HttpRequest, type HttpResponse, patchVaryHeaders } from '@nuages/http'
import { readCookie, writeCookie } from './cookie-messages.ts'
import { type Level, levelNumber } from './levels.ts'
import type { Message } from './message.ts'
import { MessageList } from './message-list.ts'
import { messagesPolicy } from './messages-settings.ts'
import { readSession, writeSession } from './session-messages.ts'

/** The messages of one request: those it brought, and those it made. Nothing is read before they are asked for. */
export class MessageStorage implements Pending {
  readonly #request: HttpRequest
  /** Made before the others were read. */
  readonly #queued: Message[] = []
  #list: MessageList | undefined
  #minimum: number | undefined
  #isAdded = false
  #hasSessionPart = false
  #loading: Promise<MessageList> | undefined

  constructor(request: HttpRequest) {
    this.#request = request
  }

  /** The least level that is kept in this request. */
  get minimum(): number {
    return this.#minimum ?? messagesPolicy().minimum
  }

  setMinimum(level: Level | null): void {
    this.#minimum = level === null ? undefined : levelNumber(level)
  }

  add(message: Message): void {
    if (message.level < this.minimum) return
    this.#isAdded = true
    if (this.#list === undefined) this.#queued.push(message)
    else this.#list.add(message)
  }

  /** Every message, those of the session included. */
  load(): Promise<MessageList> {
    this.#loading ??= this.#read()
    return this.#loading
  }

  /** A template reads what the cookie holds at once, and waits only where there is more. */
  [pending](): PendingState {
    const list = this.#list ?? this.#readCookie()
    return list === undefined ? { ready: false, load: () => this.load() } : { ready: true, value: list }
  }

  /** Keeps what was not shown for the next page, and marks the response as one that depends on the cookie. */
  async finish(response: HttpResponse): Promise<HttpResponse> {
    if (this.#list === undefined && !this.#isAdded) return response
    patchVaryHeaders(response, ['Cookie'])
    const list = await this.load()
    // Nobody sees the content of these.
    const isSeen = this.#request.method !== 'HEAD' && response.status < 500
    if (!this.#isAdded && !(list.isShown && isSeen)) return response
    const rest = writeCookie(this.#request, response, isSeen ? list.unshown : list.everything)
    if (rest.length > 0 || this.#hasSessionPart) await writeSession(this.#request, rest)
    return response
  }

  async #read(): Promise<MessageList> {
    return (
      this.#list ??
      this.#readCookie() ??
      this.#keep([...readCookie(this.#request).messages, ...(await readSession(this.#request))])
    )
  }

  /** The list, where the cookie holds all of it. */
  #readCookie(): MessageList | undefined {
    const { messages, isComplete } = readCookie(this.#request)
    this.#hasSessionPart = !isComplete
    return isComplete ? this.#keep(messages) : undefined
  }

  #keep(messages: readonly Message[]): MessageList {
    this.#list = new MessageList([...messages, ...this.#queued])
    return this.#list
  }
}

/**
 * Where a request has its messages. Not in a WeakMap: the collector's quick passes keep what one holds, and a storage holds its
 * request, so that every page would be garbage that only the slow ones find.
 */
const storage: unique symbol = Symbol('nuages.messages')

type Holder = HttpRequest & { [storage]?: MessageStorage }

/** The messages of a request, where anybody has asked for them. */
export function storageIn(request: HttpRequest): MessageStorage | undefined {
  return (request as Holder)[storage]
}

export function storageOf(request: HttpRequest): MessageStorage {
  const holder = request as Holder
  holder[storage] ??= new MessageStorage(request)
  return holder[storage]
}
