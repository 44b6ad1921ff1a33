import { CommandError, defineCommand, env } from '@nuages/core'
import { withArticle } from '@nuages/foundation'
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
    field: { type: 'string', multiple: true, help: "another field that the project's users need: --field phone=123" },
    noInput: { type: 'boolean', help: 'never ask; the password is SUPERUSER_PASSWORD of the environment' },
    database: { type: 'string', help: 'the database, by its alias' },
  },
  async run({ options, stdout }) {
    const Model = getUserModel()
    const asks = !options.noInput && process.stdin.isTTY === true
    const given = givenValues(Model, options)
    const values: Values = {}
    for (const name of [Model.usernameField, ...Model.requiredFields]) {
      const answer = await answerFor(Model, name, given[name], { asks, database: options.database })
      values[Model.meta.field(name)?.attribute ?? name] = answer
    }
    const password = passwordInEnvironment() ?? (asks ? await askNewPassword(new Model(values as never)) : null)
    const users = options.database === undefined ? Model.objects : Model.objects.using(options.database)
    try {
      const user = await users.createSuperuser({ ...values, password } as never)
      stdout.write(`Superuser ${user.getUsername()} is there.\n`)
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error
      throw new CommandError(`There is already a user ${String(values[Model.usernameField])}.`)
    }
    if (password !== null) return
    stdout.write('They have no password: run changepassword, or set SUPERUSER_PASSWORD and make them again.\n')
  },
})

interface GivenOptions {
  readonly username: string | undefined
  readonly email: string | undefined
  readonly field: readonly string[] | undefined
}

/** What the command line says, by field. An option that these users have no use for is an error rather than passed over. */
function givenValues(Model: UserModel, { username, email, field = [] }: GivenOptions): Record<string, string> {
  const asked = [Model.usernameField, ...Model.requiredFields]
  const given: Record<string, string> = {}
  for (const pair of field) {
    const at = pair.indexOf('=')
    if (at < 1) throw new CommandError(`--field takes a name and a value, such as phone=123, not '${pair}'.`)
    given[pair.slice(0, at)] = pair.slice(at + 1)
  }
  if (username !== undefined) given[Model.meta.field('username') ? 'username' : Model.usernameField] = username
  if (email !== undefined) given[Model.meta.field(Model.emailField) ? Model.emailField : 'email'] = email
  const useless = Object.keys(given).find((name) => !asked.includes(name))
  if (useless === undefined) return given
  throw new CommandError(`${Model.meta.label} asks for no ${useless}: it has ${asked.join(', ')}.`, {
    hint: 'What createsuperuser asks for is the class: usernameField and requiredFields.',
  })
}

interface Circumstances {
  readonly asks: boolean
  readonly database: string | undefined
}

/** The value of a field, of its type. */
async function answerFor(
  Model: UserModel,
  name: string,
  given: string | undefined,
  { asks, database }: Circumstances,
): Promise<unknown> {
  const text = given ?? inEnvironment(name)
  if (text !== undefined) {
    const { problem, value } = await readValue(Model, name, text, database)
    if (problem !== undefined) throw new CommandError(`'${text}' is no ${name}: ${problem}`)
    return value
  }
  if (asks) {
    const answer = await askText(
      labelOf(Model, name),
      async (line) => (await readValue(Model, name, line, database)).problem,
    )
    return (await readValue(Model, name, answer, database)).value
  }
  const field = Model.meta.field(name)
  if (field?.blank && name !== Model.usernameField) return field.initialValue()
  throw new CommandError(`createsuperuser needs ${withArticle(name)}.`, {
    hint: `Give ${optionFor(name)} or SUPERUSER_${constant(name)}; on a terminal it asks.`,
  })
}

/** A row that is yet to be saved asks the default database alone; another says itself that a name is taken. */
async function readValue(
  Model: UserModel,
  name: string,
  text: string,
  database: string | undefined,
): Promise<{ readonly problem?: string; readonly value?: unknown }> {
  const attribute = Model.meta.field(name)?.attribute ?? name
  try {
    const others = Model.meta.fields.map((field) => field.name).filter((field) => field !== name)
    const value = name === Model.usernameField ? Model.normalizeUsername(text) : text
    const user = new Model({ [attribute]: value } as never)
    await user.fullClean({ exclude: others, validateUnique: database === undefined })
    return { value: (user as unknown as Values)[attribute] }
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    return { problem: error.messages.join(' ') }
  }
}

function labelOf(Model: UserModel, name: string): string {
  const label = Model.meta.field(name)?.verboseName ?? name
  return label.charAt(0).toUpperCase() + label.slice(1)
}

function optionFor(name: string): string {
  return name === 'username' || name === 'email' ? `--${name}` : `--field ${name}=…`
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
