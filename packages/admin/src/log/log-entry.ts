import { userModel } from '@nuages/auth'
import { ContentType } from '@nuages/contenttypes'
import {
  auto,
  CASCADE,
  char,
  dateTime,
  foreignKey,
  Model,
  manager,
  positiveSmallInteger,
  SET_NULL,
  text,
} from '@nuages/orm'
import { describeChange, readChangeMessage } from './change-message.ts'

/** Django's numbers for what was done. */
export const actionFlags = { addition: 1, change: 2, deletion: 3 } as const

export type LoggedAction = keyof typeof actionFlags

/** Who did what to which row, when: what the history and the recent actions show. Django's `LogEntry`, in its table. */
export class LogEntry extends Model(
  {
    id: auto({ primaryKey: true }),
    actionTime: dateTime({ default: () => Temporal.Now.instant(), editable: false, verboseName: 'action time' }),
    get user() {
      return foreignKey(userModel, { onDelete: CASCADE })
    },
    get contentType() {
      return foreignKey(ContentType, { onDelete: SET_NULL, null: true, blank: true })
    },
    objectId: text({ null: true, blank: true, verboseName: 'object id' }),
    /** The row in words, as it was then. */
    objectRepr: char({ maxLength: 200, verboseName: 'object' }),
    actionFlag: positiveSmallInteger({
      choices: [
        [1, 'Addition'],
        [2, 'Change'],
        [3, 'Deletion'],
      ],
    }),
    /** Django's JSON; `describe()` makes sentences of it. */
    changeMessage: text({ default: '', blank: true, verboseName: 'change message' }),
  },
  {
    table: 'django_admin_log',
    ordering: ['-actionTime', '-id'],
    verboseName: 'log entry',
    verboseNamePlural: 'log entries',
  },
) {
  static objects = manager(LogEntry)

  get action(): LoggedAction {
    return this.actionFlag === 1 ? 'addition' : this.actionFlag === 2 ? 'change' : 'deletion'
  }

  /** What was done, in sentences. */
  describe(): string {
    if (this.action !== 'deletion') return describeChange(this.changeMessage)
    const isOfAction = (readChangeMessage(this.changeMessage) ?? []).length > 0
    return isOfAction ? `${describeChange(this.changeMessage)} Deleted.` : 'Deleted.'
  }

  override toString(): string {
    return `${this.action} of ${this.objectRepr}`
  }
}
