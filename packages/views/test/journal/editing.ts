import { char, Form, type FormOptions, InvalidForm, ModelForm, type ModelFormInit } from '@nuages/forms'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { ValidationError } from '@nuages/orm'
import { path, reverseLazy } from '@nuages/urls'
import { CreateView, DeleteView, FormView, UpdateView } from '../../src/index.ts'
import { Entry, Note, Writer } from './diary/models.ts'

/** What happened, in order. */
export const log: string[] = []

export class ContactForm extends Form({ name: char({ maxLength: 10 }), text: char() }) {
  override clean(): void {
    if (this.cleanedData.name === this.cleanedData.text) throw new ValidationError('Say more.')
  }
}

export class Contact extends FormView(ContactForm)<{ topic: string }> {
  override templateName = 'diary/form.html'
  override successUrl = reverseLazy('thanks')

  override hasPermission() {
    return this.params.topic !== 'secret'
  }

  override getInitial() {
    return { name: 'You', text: this.params.topic }
  }

  override async formValid(form: ContactForm) {
    log.push(`${form.cleanedData.name}: ${form.cleanedData.text}`)
    return super.formValid(form)
  }

  override onSuccess() {
    log.push('sent')
  }
}

export class EntryCreate extends CreateView(Entry, { fields: ['title', 'slug', 'writer', 'topics'] }) {
  override initial = { title: 'New' }

  override onSuccess() {
    log.push(`saved ${this.object?.title}`)
  }
}

export class EntryUpdate extends UpdateView(Entry, { fields: ['title', 'words'] })<{ slug: string }> {
  override successUrl = (entry: Entry) => `/saved/${entry.id}/`

  override getQueryset() {
    return Entry.objects.filter({ isPublic: true })
  }

  override hasObjectPermission(entry: Entry) {
    return Promise.resolve(entry.words < 1000)
  }

  override async formValid(form: this['form']) {
    const response = await super.formValid(form)
    await Note.objects.create({ text: `now ${form.cleanedData.title}`, entry: this.object })
    if (form.cleanedData.title === 'Fails') throw new Error('after it was saved')
    return response
  }
}

class WriterForm extends ModelForm(Writer, { fields: ['name'] }) {
  cleanName(name: string) {
    if (name === 'Nobody') throw new ValidationError('That is nobody.')
    return name
  }
}

/** A form that is made with more than forms usually are. */
class OwnWriterForm extends ModelForm(Writer, { fields: ['name'] }) {
  constructor({ reader, ...options }: ModelFormInit<Writer, 'name'> & { readonly reader: { readonly name: string } }) {
    super(options)
    this.fields.name.helpText = reader.name
  }
}

class OwnWriterUpdate extends UpdateView(Writer, { formClass: OwnWriterForm })<{ pk: number; reader: string }> {
  override successUrl = '/entries/'

  override async getFormKwargs() {
    const name = this.params.reader === 'row' ? this.object.name : this.params.reader
    return { ...(await super.getFormKwargs()), reader: { name } }
  }
}

/** What makes two rows or none. */
class EntryWithNote extends CreateView(Entry, { fields: ['title', 'slug', 'writer'] }) {
  override successUrl = '/entries/'

  override async formValid(form: this['form']) {
    const response = await super.formValid(form)
    form.addError(null, 'The note was refused.')
    if (form.errors.size > 0) throw new InvalidForm(form, 'the note')
    return response
  }
}

/** Whose writer is deleted between the question whether the form is valid and the row. */
class EntryOfNobody extends CreateView(Entry, { fields: ['title', 'slug', 'writer'] }) {
  override successUrl = '/entries/'

  override async formValid(form: this['form']) {
    await Writer.objects.filter({ pk: form.instance.writerId }).delete()
    return super.formValid(form)
  }
}

class TypeTheName extends Form({ name: char() }) {
  readonly instance: Writer

  constructor(options: FormOptions<'name'> & { readonly instance: Writer }) {
    super(options)
    this.instance = options.instance
  }

  cleanName(name: string) {
    if (name !== this.instance.name) throw new ValidationError(`Type ${this.instance.name}.`)
    return name
  }
}

const answer = (_request: HttpRequest) => new HttpResponse('answered')

export const urlpatterns = [
  path('contact/<topic>/', Contact.asView()),
  path('turbo/<topic>/', Contact.asView({ invalidStatus: 422, prefix: 'c' })),
  path('lost/', FormView(ContactForm).asView({ templateName: 'diary/form.html' })),
  path('thanks/', answer, 'thanks'),
  path('entries/add/', EntryCreate.asView()),
  path('entries/add-with-note/', EntryWithNote.asView()),
  path('entries/add-of-nobody/', EntryOfNobody.asView()),
  path('entries/<slug:slug>/edit/', EntryUpdate.asView()),
  path(
    'entries/<slug:slug>/unchecked/',
    UpdateView(Entry, { fields: ['title', 'words'], versionCheck: false }).asView(),
  ),
  path('entries/<slug:slug>/delete/', DeleteView(Entry).asView({ successUrl: '/entries/' })),
  path('entries/<slug:slug>/', answer),
  path('entries/', answer),
  path('writers/add/', CreateView(Writer, { formClass: WriterForm }).asView({ successUrl: '/entries/' })),
  path('writers/homeless/', CreateView(Writer, { fields: 'all' }).asView()),
  path('writers/<int:pk>/', UpdateView(Writer, { formClass: WriterForm }).asView({ successUrl: '/entries/' })),
  path(
    'writers/<int:pk>/delete/',
    DeleteView(Writer).asView({ successUrl: (writer: Writer) => `/gone/${writer.id}/${writer.name}/` }),
  ),
  path('writers/<int:pk>/as/<reader>/', OwnWriterUpdate.asView()),
  path('writers/<int:pk>/lost/', DeleteView(Writer).asView()),
  path('writers/<int:pk>/type/', DeleteView(Writer, { formClass: TypeTheName }).asView({ successUrl: '/entries/' })),
]
