import { CommandError, defineCommand, env } from '@nuages/core'
import { IntegrityError, ValidationError } from '@nuages/orm'
import { getUserModel, type UserModel } from '../users/get-user-model.ts'
import { askNewPassword, askText } from './ask.ts'

type Values = Record<string, unknown>

/** Makes a user who may do everything. Django's `createsuperuser`. */
export const createsuperuser = defineCommand({
  name: 'createsuperuser',
  help: 'Makes a user who may do everything; asks for what is not given.',
  options: {
    username: { type: 'string', help: 'what they log in with; SUPERUSER_USERNAME in the environment' },
    email: { type: 'string', help: 'their address; SUPERUSER_EMAIL in the environment' },
    noInput: { type: 'boolean', help: 'never ask; the password is SUPERUSER_PASSWORD of the environment' },
    database: { type: 'string', help: 'the database, by its alias' },
  },
  async run({ options, stdout }) {
    const Model = getUserModel()
    const asks = !options.noInput && process.stdin.isTTY === true
    const values: Values = {}
    for (const name of [Model.usernameField, ...Model.requiredFields]) {
      const given = (options as Values)[name] ?? (name === Model.usernameField ? options.username : undefined)
      values[name] = await answerFor(Model, name, given as string | undefined, { asks, database: options.database })
    }
    const password = passwordInEnvironment() ?? (asks ? await askNewPassword(new Model(values)) : null)
    const users = options.database === undefined ? Model.objects : Model.objects.using(options.database)
    try {
      const user = await users.createSuperuser({ ...values, password })
      stdout.write(`Superuser ${user.getUsername()} is there.\n`)
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error
      throw new CommandError(`There is already a user ${String(values[Model.usernameField])}.`)
    }
    if (password !== null) return
    stdout.write('They have no password: run changepassword, or set SUPERUSER_PASSWORD and make them again.\n')
  },
})

interface Circumstances {
  readonly asks: boolean
  readonly database: string | undefined
}

async function answerFor(
  Model: UserModel,
  name: string,
  given: string | undefined,
  { asks, database }: Circumstances,
): Promise<string> {
  const value = given ?? inEnvironment(name)
  const problemOf = (text: string) => problemWith(Model, name, text, database)
  if (value !== undefined) {
    const problem = await problemOf(value)
    if (problem !== undefined) throw new CommandError(`'${value}' is no ${name}: ${problem}`)
    return value
  }
  if (asks) return askText(labelOf(Model, name), problemOf)
  if (name !== Model.usernameField) return ''
  throw new CommandError(`createsuperuser needs a ${name}.`, {
    hint: `Give --username or SUPERUSER_${constant(name)}; on a terminal it asks.`,
  })
}

/** A row that is yet to be saved asks the default database alone; another says itself that a name is taken. */
async function problemWith(
  Model: UserModel,
  name: string,
  value: string,
  database: string | undefined,
): Promise<string | undefined> {
  try {
    const others = Model.meta.fields.map((field) => field.name).filter((field) => field !== name)
    await new Model({ [name]: name === Model.usernameField ? Model.normalizeUsername(value) : value }).fullClean({
      exclude: others,
      validateUnique: database === undefined,
    })
    return undefined
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    return error.messages.join(' ')
  }
}

function labelOf(Model: UserModel, name: string): string {
  const label = Model.meta.field(name)?.verboseName ?? name
  return label.charAt(0).toUpperCase() + label.slice(1)
}

/** `SUPERUSER_EMAIL`, or Django's `DJANGO_SUPERUSER_EMAIL`. */
function inEnvironment(name: string): string | undefined {
  return env.string(`SUPERUSER_${constant(name)}`) ?? env.string(`DJANGO_SUPERUSER_${constant(name)}`)
}

/** One that is set to nothing is none: it would let everybody in. */
function passwordInEnvironment(): string | undefined {
  return inEnvironment('password') || undefined
}

/** `'firstName'` as environment variables write it: `'FIRST_NAME'`. */
function constant(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase()
}
