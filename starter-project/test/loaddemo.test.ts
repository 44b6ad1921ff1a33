import { testDatabase } from 'nuages/testing'
import { test as base, expect } from 'vitest'
import { User } from '../accounts/models.ts'
import { loaddemo } from '../blog/commands.ts'
import { demoAccount } from '../blog/demo/demo-account.ts'
import { Author, Comment, Post, Tag } from '../blog/models.ts'
import project from '../settings.ts'

const test = base.extend(testDatabase(project))
const { email, password } = demoAccount
const account = `Log in as '${email}' with the password '${password}' (only while debug is on).\n`

async function run(settings = project): Promise<string> {
  let said = ''
  const stdout = { write: (text: string) => (said += text) }
  await loaddemo.run({ args: {}, options: {}, stdout, stderr: stdout, settings })
  return said
}

const rows = () => Promise.all([Author, Tag, Post, Comment, User].map((model) => model.objects.count()))

test('loads everything once, and says each time who signs in', async () => {
  expect(await run()).toBe(`Loaded 63 posts.\n${account}`)
  expect(await run()).toBe(`There are posts already: nothing was loaded.\n${account}`)
  expect(await rows()).toEqual([6, 12, 63, 8, 1])
  const post = await Post.objects.get({ slug: 'counting-oktas' })
  expect((await post.tags).map((tag) => tag.slug)).toEqual(['clouds', 'instruments'])
  expect(await post.comments.count()).toBe(1)
})

test('the account manages the site, and writes as one of the authors', async () => {
  await run()
  const user = await User.objects.get({ email })
  expect([user.isStaff, user.isSuperuser, await user.checkPassword(password)]).toEqual([true, true, true])
  expect(await Author.objects.get({ user__id: user.id })).toMatchObject({ slug: demoAccount.writesAs })
})

test('tells no password that is another by now', async () => {
  await run()
  const user = await User.objects.get({ email })
  await user.setPassword('a drizzle of needles')
  await user.save()
  expect(await run()).toBe('There are posts already: nothing was loaded.\n')
})

test('loads nothing when it cannot load all', async () => {
  await Tag.objects.create({ name: 'Wind', slug: 'wind', description: 'x' })
  await expect(run()).rejects.toThrow()
  expect(await rows()).toEqual([0, 1, 0, 0, 0])
})

test('loads nothing where debug is off', async () => {
  await expect(run({ ...project, debug: false })).rejects.toThrow(/needs debug to be on/)
  expect(await rows()).toEqual([0, 0, 0, 0, 0])
})
