import type { Decimal } from '@nuages/orm'
import { expectTypeOf, test } from 'vitest'
import { boolean, type FormField, integer, ModelForm, Textarea } from '../../src/index.ts'
import { Author, Post, type Tag } from '../blog/models.ts'

class SomeForm extends ModelForm(Post, {
  fields: ['title', 'status', 'pages', 'author', 'editor', 'tags'],
  labels: { title: 'Headline' },
  widgets: { title: new Textarea(), tags: Textarea },
  errorMessages: { title: { required: 'x' }, __all__: { unique_together: 'y' } },
  formFields: { agree: boolean(), years: integer({ required: false }) },
}) {
  override clean(): void {
    expectTypeOf(this.cleanedData.title).toEqualTypeOf<string>()
    expectTypeOf(this.instance).toEqualTypeOf<Post>()
    this.addError('agree', 'x')
    // @ts-expect-error: the form has no such field
    this.addError('body', 'x')
  }

  cleanTitle(title: string) {
    return title
  }
}
class AllButForm extends ModelForm(Post, { fields: 'all', exclude: ['title', 'body'] }) {}
class WrongHook extends ModelForm(Post, { fields: ['title'] }) {
  cleanTitle(title: number) {
    return title
  }
}
class Replacing extends ModelForm(Post, { fields: ['title', 'body'], formFields: { body: integer() } }) {}

// Only checked by the compiler: nothing here runs.
export async function values(request: never) {
  const form = new SomeForm({ instance: new Post(), initial: { title: 'x' } })
  expectTypeOf(form.cleanedData).toEqualTypeOf<{
    title: string
    status: 'draft' | 'published'
    pages: number | null
    author: Author
    editor: Author | null
    tags: Tag[]
    agree: boolean
    years: number | null
  }>()
  expectTypeOf(form.fields.pages).toEqualTypeOf<FormField<number | null>>()
  expectTypeOf(await form.save()).toEqualTypeOf<Post>()
  expectTypeOf(await form.saveIfValid()).toEqualTypeOf<Post | null>()
  expectTypeOf(await form.changedData).toEqualTypeOf<
    readonly ('title' | 'status' | 'pages' | 'author' | 'editor' | 'tags' | 'agree' | 'years')[]
  >()
  const made = await SomeForm.fromRequest(request, { instance: new Post() })
  expectTypeOf(made).toEqualTypeOf<SomeForm>()
  const { cleanedData } = new AllButForm()
  expectTypeOf(cleanedData.price).toEqualTypeOf<Decimal | null>()
  expectTypeOf(cleanedData.extra).toEqualTypeOf<Record<string, string> | null>()
  // @ts-expect-error: left out
  cleanedData.title
  expectTypeOf(new Replacing().cleanedData).toEqualTypeOf<{ title: string; body: number }>()
  expectTypeOf(SomeForm.model).toEqualTypeOf<typeof Post>()

  // @ts-expect-error: the row of another model
  new SomeForm({ instance: new Author() })
  // @ts-expect-error: no such field
  new SomeForm({ initial: { titel: 'x' } })
  // @ts-expect-error: the hook takes another type than the field holds
  new WrongHook().isValid()
}

export function declarations() {
  // @ts-expect-error: no such field
  ModelForm(Post, { fields: ['titel'] })
  // @ts-expect-error: the other side of a relation
  ModelForm(Post, { fields: ['comments'] })
  // @ts-expect-error: no such field
  ModelForm(Post, { fields: 'all', exclude: ['nope'] })
  // @ts-expect-error: no such field
  ModelForm(Post, { fields: ['title'], labels: { titel: 'x' } })
  // @ts-expect-error: a field that the form does not edit
  ModelForm(Post, { fields: ['title'], widgets: { body: new Textarea() } })
  // @ts-expect-error: a field that is left out
  ModelForm(Post, { fields: 'all', exclude: ['body'], helpTexts: { body: 'x' } })
  // @ts-expect-error: no such option
  ModelForm(Post, { fields: ['title'], wigdets: {} })
  // @ts-expect-error: what it edits is missing
  ModelForm(Post, {})
  // @ts-expect-error: no model
  ModelForm({}, { fields: ['title'] })
}

test('types are checked by the compiler', () => {})
