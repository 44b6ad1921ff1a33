import { type Renderable, type Rendering, renderable, SafeString } from '@nuages/templates'
import { messagesPolicy } from './messages-settings.ts'

/** What is said to a visitor once. `{{ message }}` prints its text, escaped unless it is a safe string. */
export class Message implements Renderable {
  readonly level: number
  readonly message: string | SafeString
  /** Tags of its own, with spaces between. */
  readonly extraTags: string

  constructor(level: number, message: string | SafeString, extraTags = '') {
    this.level = level
    this.message = message
    this.extraTags = extraTags
  }

  /** The tag of its level: `'success'`, or what the settings say; `''` for a level without one. */
  get levelTag(): string {
    return messagesPolicy().tags.get(this.level) ?? ''
  }

  /** All its tags, with spaces between: the classes it is shown with. */
  get tags(): string {
    return [this.extraTags, this.levelTag].filter((tag) => tag !== '').join(' ')
  }

  toString(): string {
    return String(this.message)
  }

  [renderable](): Rendering {
    return { template: 'messages/message.html', context: { text: this.message } }
  }
}

const mark = '__json_message'

/** A message as JSON keeps it, in Django's form: each reads the other's. */
export function toStored({ level, message, extraTags }: Message): readonly unknown[] {
  return [mark, message instanceof SafeString ? 1 : 0, level, String(message), extraTags]
}

/** The message behind what `toStored` made, with `safe` to make safe strings of safe text; `undefined` for anything else. */
export function fromStored(stored: unknown, safe: (html: string) => SafeString): Message | undefined {
  if (!Array.isArray(stored) || stored[0] !== mark) return undefined
  const [, isSafe, level, text, extraTags] = stored as readonly unknown[]
  if (typeof level !== 'number' || typeof text !== 'string') return undefined
  return new Message(level, isSafe ? safe(text) : text, typeof extraTags === 'string' ? extraTags : '')
}
