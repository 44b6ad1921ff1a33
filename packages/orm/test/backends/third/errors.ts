import {
  type ConstraintKind,
  DatabaseError,
  IntegrityError,
  OperationalError,
  ProgrammingError,
} from '../../../src/backends/backend-kit.ts'

const kinds: Readonly<Record<number, ConstraintKind>> = {
  275: 'check',
  787: 'foreignKey',
  1299: 'notNull',
  1555: 'primaryKey',
  2067: 'unique',
}

/** What the driver threw as one of the ORM's errors; what is no error of the database stays as it is. */
export function translated(error: unknown, alias: string, sql: string): unknown {
  const { errcode, message } = error as { errcode?: number; message: string }
  if (error instanceof DatabaseError || errcode === undefined) return error
  const options = { cause: error, alias, sql }
  const text = `${message} (database '${alias}')`
  // The last byte is the kind of error, the rest says more of it.
  if ((errcode & 255) === 19) {
    const names = message.replace(/^.*constraint failed: /, '').split(', ')
    const columns = names.map((name) => name.split('.').at(-1)!)
    return new IntegrityError(text, { ...options, kind: kinds[errcode], table: names[0]!.split('.')[0], columns })
  }
  return errcode === 1 ? new ProgrammingError(text, options) : new OperationalError(text, options)
}
