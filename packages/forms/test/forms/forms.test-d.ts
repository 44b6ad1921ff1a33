import type { HttpRequest } from '@nuages/http'
import { Model, manager, char as modelChar } from '@nuages/orm'
import { expectTypeOf } from 'vitest'
import {
  type AnyForm,
  type BoundField,
  boolean,
  type CleanedData,
  char,
  choice,
  Form,
  integer,
  ModelForm,
  modelChoice,
  modelMultipleChoice,
} from '../../src/index.ts'

class Author extends Model({ name: modelChar({ maxLength: 9 }) }) {
  static objects = manager(Author)
}

class PostForm extends Form({
  title: char(),
  pages: integer({ required: false }),
  size: choice({
    choices: [
      ['s', 'S'],
      ['m', 'M'],
    ],
  }),
  author: modelChoice({ queryset: Author.objects, labelFromInstance: (author) => author.name }),
  editor: modelChoice({ queryset: () => Author.objects.all(), required: false }),
  others: modelMultipleChoice({ queryset: Author.objects.filter({ name: 'x' }) }),
}) {
  cleanTitle(title: string): string {
    return title.trim()
  }
  async cleanPages(pages: number | null): Promise<number | null> {
    return pages
  }
}

// Only checked by the compiler: nothing here runs.
export async function values(request: HttpRequest) {
  const form = new PostForm({ data: { title: 'x' }, initial: { pages: 3 } })
  expectTypeOf(form.isValid()).toEqualTypeOf<Promise<boolean>>()
  expectTypeOf(form.cleanedData.title).toEqualTypeOf<string>()
  expectTypeOf(form.cleanedData.pages).toEqualTypeOf<number | null>()
  expectTypeOf(form.cleanedData.size).toEqualTypeOf<'s' | 'm'>()
  expectTypeOf(form.cleanedData.author).toEqualTypeOf<Author>()
  expectTypeOf(form.cleanedData.editor).toEqualTypeOf<Author | null>()
  expectTypeOf(form.cleanedData.others).toEqualTypeOf<Author[]>()
  expectTypeOf(form.get('pages')).toEqualTypeOf<BoundField<number | null>>()
  expectTypeOf(form.get('pages').clean()).toEqualTypeOf<Promise<number | null>>()
  expectTypeOf(form.boundFields.title).toEqualTypeOf<BoundField<string>>()
  expectTypeOf(form.fields.pages.valueType).toEqualTypeOf<number | null>()
  expectTypeOf(await form.changedData).items.toEqualTypeOf<keyof CleanedData<typeof PostForm.baseFields>>()
  expectTypeOf(await PostForm.fromRequest(request)).toEqualTypeOf<PostForm>()
  const any: AnyForm = form
  expectTypeOf(any.isValid()).toEqualTypeOf<Promise<boolean>>()
  form.addError('title', 'x')
  form.addError(null, 'x')
  // @ts-expect-error no such field
  form.cleanedData.titel
  // @ts-expect-error no such field
  form.addError('titel', 'x')
  // @ts-expect-error no such field
  form.hasError('titel')
  // @ts-expect-error no such field
  new PostForm({ initial: { titel: 'x' } })
  // @ts-expect-error no such field
  await PostForm.fromRequest(request, { fieldOrder: ['titel'] })
  // @ts-expect-error no such option
  new PostForm({ prefx: 'x' })
}

class WrongValue extends Form({ pages: integer() }) {
  cleanPages(pages: string): number {
    return Number(pages)
  }
}
class WrongResult extends Form({ pages: integer() }) {
  cleanPages(pages: number): void {
    this.addError('pages', `${pages}`)
  }
}

export async function hooks(request: HttpRequest) {
  // @ts-expect-error the hook takes a text, the field holds a number
  await new WrongValue().isValid()
  // @ts-expect-error the hook gives nothing back
  await new WrongResult().isValid()
  // @ts-expect-error the same, from a request
  await WrongValue.fromRequest(request)
}

class LongPostForm extends Form({ size: char(), draft: boolean() }, PostForm) {
  override cleanTitle(title: string): string {
    return `${super.cleanTitle(title)}!`
  }
}

export async function extended(request: HttpRequest) {
  const form = await LongPostForm.fromRequest(request)
  await form.isValid()
  expectTypeOf(form.cleanedData.draft).toEqualTypeOf<boolean>()
  expectTypeOf(form.cleanedData.pages).toEqualTypeOf<number | null>()
  form.addError('draft', 'x')
  form.addError('title', 'x')
}

/** Code for forms of any kind. */
export async function generic<F extends AnyForm>(form: F): Promise<F | null> {
  return (await form.isValid()) ? form : null
}
export const same = (form: PostForm): Promise<PostForm | null> => generic(form)

// @ts-expect-error a field is needed
Form({ title: 'x' })
// @ts-expect-error the label is made of a row of the model
modelChoice({ queryset: Author.objects, labelFromInstance: (author) => author.nam })

class AuthorForm extends ModelForm(Author, { fields: ['name'] }) {}
class SignedAuthorForm extends Form({ agree: boolean() }, AuthorForm) {}

export async function extendedModelForm(request: HttpRequest, instance: Author) {
  const form = await SignedAuthorForm.fromRequest(request, { instance, initial: { agree: true } })
  expectTypeOf(form.cleanedData.agree).toEqualTypeOf<boolean>()
  expectTypeOf(form.cleanedData.name).toEqualTypeOf<string>()
  expectTypeOf(form.instance).toEqualTypeOf<Author>()
  expectTypeOf(SignedAuthorForm.model).toEqualTypeOf<typeof Author>()
  await new SignedAuthorForm({ instance }).isValid()
  // @ts-expect-error no such field
  new SignedAuthorForm({ initial: { agreed: true } })
}
