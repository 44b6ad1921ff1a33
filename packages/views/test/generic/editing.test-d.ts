import type { HttpResponse } from '@nuages/http'
import type { CollectedDeletion } from '@nuages/orm'
import { path, reverseLazy } from '@nuages/urls'
import { expectTypeOf } from 'vitest'
import { CreateView, DeleteView, FormView, UpdateView } from '../../src/index.ts'
import { Contract, Entry, type Topic, Writer } from '../journal/diary/models.ts'
import { ContactForm } from '../journal/editing.ts'

// A view knows its form.
class Contact extends FormView(ContactForm)<{ topic: string }> {
  override successUrl = () => `/thanks/${this.params.topic}/`

  override async formValid(form: ContactForm): Promise<HttpResponse> {
    expectTypeOf(form.cleanedData.name).toEqualTypeOf<string>()
    expectTypeOf(this.form).toEqualTypeOf<ContactForm>()
    // @ts-expect-error: the form has no such field
    form.cleanedData.nmae
    return super.formValid(form)
  }

  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.form).toEqualTypeOf<ContactForm>()
    return context
  }
}
path('contact/<topic>/', Contact.asView({ invalidStatus: 422 }))
path('contact/', FormView(ContactForm).asView({ successUrl: reverseLazy('thanks') }))
// @ts-expect-error: the route gives no topic
path('contact/', Contact.asView())
// @ts-expect-error: a model is no form
FormView(Entry)

// Views of a model know the form that is made of it, and the row.
class EntryCreate extends CreateView(Entry, { fields: ['title', 'writer', 'topics', 'day'] }) {
  override successUrl = (entry: Entry) => `/entries/${entry.slug}/`

  override async formValid(form: this['form']) {
    expectTypeOf(form.cleanedData.title).toEqualTypeOf<string>()
    expectTypeOf(form.cleanedData.writer).toEqualTypeOf<Writer>()
    expectTypeOf(form.cleanedData.topics).toEqualTypeOf<Topic[]>()
    expectTypeOf(form.cleanedData.day).toEqualTypeOf<Temporal.PlainDate | null>()
    expectTypeOf(form.instance).toEqualTypeOf<Entry>()
    expectTypeOf(this.object).toEqualTypeOf<Entry | null>()
    // @ts-expect-error: the form does not edit it
    form.cleanedData.words
    return super.formValid(form)
  }
}
path('entries/add/', EntryCreate.asView({ initial: { title: 'x' } }))
CreateView(Entry, { fields: 'all', exclude: ['words'], labels: { title: 'Headline' } })
// @ts-expect-error: the model has no such field
CreateView(Entry, { fields: ['titel'] })
// @ts-expect-error: the form does not edit it
CreateView(Entry, { fields: ['title'], labels: { words: 'Length' } })
// @ts-expect-error: neither fields nor a form
CreateView(Entry, {})

class EntryUpdate extends UpdateView(Entry, { fields: ['title'] })<{ slug: string }> {
  override getQueryset() {
    return Entry.objects.filter({ isPublic: true }).selectRelated('writer')
  }

  override hasObjectPermission(entry: Entry) {
    return entry.isPublic
  }

  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.object).toEqualTypeOf<Entry>()
    expectTypeOf(this.object).toEqualTypeOf<Entry>()
    return context
  }
}
path('entries/<slug:slug>/', EntryUpdate.asView())
// @ts-expect-error: the route gives a number
path('entries/<int:slug>/', EntryUpdate.asView())

class WrongRows extends UpdateView(Entry, { fields: ['title'] }) {
  // @ts-expect-error: rows of another model
  override getQueryset() {
    return Contract.objects.all()
  }
}

// @ts-expect-error: a function of another row
UpdateView(Entry, { fields: ['title'] }).asView({ successUrl: (topic: Topic) => topic.slug })

class WriterDelete extends DeleteView(Writer) {
  override successUrl = '/writers/'

  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.object).toEqualTypeOf<Writer>()
    expectTypeOf(context.deletion).toEqualTypeOf<CollectedDeletion>()
    return context
  }
}
path('writers/<int:pk>/delete/', WriterDelete.asView())
path('writers/<int:pk>/delete/', DeleteView(Writer).asView({ successUrl: (writer) => `/${writer.name}/` }))
