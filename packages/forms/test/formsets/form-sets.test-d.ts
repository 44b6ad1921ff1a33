import { expectTypeOf, test } from 'vitest'
import { char, Form, FormSet, InlineFormSet, integer, ModelForm, ModelFormSet } from '../../src/index.ts'
import { Author, Comment, Post, Tag } from '../blog/models.ts'

class DrinkForm extends Form({ name: char(), litres: integer({ required: false }) }) {}
class DrinkFormSet extends FormSet(DrinkForm, { extra: 2 }) {
  override clean(): void {
    expectTypeOf(this.cleanedData).toEqualTypeOf<{ name: string; litres: number | null }[]>()
  }
}
class TagFormSet extends ModelFormSet(Tag, { fields: ['name'], canDelete: true, editOnly: true }) {
  override async deleteExisting(tag: Tag): Promise<void> {
    await tag.delete()
  }
}
class CommentForm extends ModelForm(Comment, { fields: ['text'] }) {
  shout(): string {
    return this.cleanedData.text
  }
}
class CommentFormSet extends InlineFormSet(Post, Comment, { form: CommentForm }) {}
class EditedFormSet extends InlineFormSet(Author, Post, {
  fields: ['title'],
  fkName: 'editor',
  formFields: { x: integer() },
}) {}

// Only checked by the compiler: nothing here runs.
export async function formsets(request: never) {
  const drinks = await DrinkFormSet.fromRequest(request, { prefix: 'd' })
  expectTypeOf(drinks).toEqualTypeOf<DrinkFormSet>()
  expectTypeOf(await drinks.forms).toEqualTypeOf<readonly DrinkForm[]>()
  expectTypeOf(drinks.emptyForm).toEqualTypeOf<DrinkForm>()
  expectTypeOf(drinks.orderedForms).toEqualTypeOf<readonly DrinkForm[]>()

  const tags = new TagFormSet({ queryset: Tag.objects.all() })
  expectTypeOf(await tags.save()).toEqualTypeOf<Tag[]>()
  expectTypeOf(await tags.saveIfValid()).toEqualTypeOf<Tag[] | null>()
  expectTypeOf(tags.deletedObjects).toEqualTypeOf<Tag[]>()
  expectTypeOf(tags.cleanedData).toEqualTypeOf<{ name: string }[]>()
  expectTypeOf((await tags.forms)[0]!.instance).toEqualTypeOf<Tag>()

  const comments = new CommentFormSet({ instance: new Post() })
  expectTypeOf((await comments.forms)[0]!.shout()).toEqualTypeOf<string>()
  expectTypeOf(comments.instance).toEqualTypeOf<Post>()
  expectTypeOf(comments.newObjects).toEqualTypeOf<Comment[]>()
  expectTypeOf(await CommentFormSet.fromRequest(request, { instance: new Post() })).toEqualTypeOf<CommentFormSet>()
  expectTypeOf(new EditedFormSet().cleanedData).toEqualTypeOf<{ title: string; x: number }[]>()

  // @ts-expect-error: the parent is another model
  new CommentFormSet({ instance: new Author() })
  // @ts-expect-error: a formset of no model has no rows
  new DrinkFormSet({ queryset: Tag.objects.all() })
}

export function declarations() {
  // @ts-expect-error: no such option
  FormSet(DrinkForm, { extras: 2 })
  // @ts-expect-error: no form
  FormSet(Tag)
  // @ts-expect-error: no such field
  ModelFormSet(Tag, { fields: ['nmae'] })
  // @ts-expect-error: no such field
  ModelFormSet(Tag, { fields: ['name'], labels: { nmae: 'x' } })
  // @ts-expect-error: the form of another model
  ModelFormSet(Post, { form: CommentForm })
  // @ts-expect-error: no foreign key
  InlineFormSet(Author, Post, { fields: ['title'], fkName: 'title' })
  // @ts-expect-error: no such field
  InlineFormSet(Post, Comment, { fields: ['titel'] })
}

test('types are checked by the compiler', () => {})
