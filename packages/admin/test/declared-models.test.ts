import { AdminSite } from '@nuages/admin'
import { expect } from 'vitest'
import { registerDeclared } from '../src/site/declared-models.ts'
import { Author, Tag } from './project/blog/models.ts'
import { test } from './site.ts'

test('what a module declares is shown, and gives way to who registered the model', () => {
  const site = new AdminSite({ name: 'declared' })
  site.register(Tag, { searchHelpText: 'own' })
  const declared = { searchHelpText: 'declared' }
  const module = { modelAdmins: [Tag, Author].map((model) => ({ model, options: declared })) }
  registerDeclared(site, module)
  expect(site.modelAdminOf(Tag.meta)?.options.searchHelpText).toBe('own')
  expect(site.modelAdminOf(Author.meta)?.options.searchHelpText).toBe('declared')
  // Each time that a project is set up.
  registerDeclared(site, module)
  for (const nothing of [undefined, {}, { admin: 3 }]) registerDeclared(site, nothing)
  expect(site.modelAdmins()).toHaveLength(2)
})
