import { admin, stacked, tabular } from '@nuages/admin'
import { Author, Comment, Correction, Proof, Reading, Section, Story, Tag } from './models.ts'

admin.site.header = 'The Weathervane'
admin.site.title = 'The Weathervane'

admin.register(Story, {
  listDisplay: ['title', 'author', 'section', 'status', 'words', 'isFeatured', 'publishedAt'],
  listFilter: ['status', 'isFeatured', 'publishedAt', 'section', 'author'],
  searchFields: ['title', 'body', 'author__name'],
  dateHierarchy: 'publishedAt',
  listPerPage: 10,
  prepopulatedFields: { slug: ['title'] },
  selectFields: ['section'],
  fieldsets: [
    { fields: ['title', 'slug', 'standfirst', 'body', ['author', 'editor'], 'cover'] },
    { name: 'Money and sources', classes: ['collapse'], fields: [['fee', 'words'], 'source', 'extra'] },
    {
      name: 'Publishing',
      classes: ['side'],
      fields: ['status', 'isFeatured', 'section', 'publishedAt', 'embargo', 'tags'],
    },
  ],
  inlines: [
    tabular(Comment, { fields: ['name', 'body', 'isApproved'] }),
    stacked(Correction, { extra: 1, fields: ['text', ['correctedOn', 'reportedBy']] }),
  ],
  actions: {
    publish: {
      label: 'Publish',
      permissions: ['change'],
      async run(_request, stories) {
        const count = await stories.update({ status: 'published' })
        return `${count} stories are published.`
      },
    },
  },
})

admin.register(Comment, {
  listDisplay: ['name', 'story', 'body', 'isApproved'],
  listEditable: ['isApproved'],
  listFilter: ['isApproved'],
  listPerPage: 10,
  searchFields: ['name', 'body'],
})
admin.register(Author, { listDisplay: ['name', 'email', 'website', 'born'], searchFields: ['name'] })
admin.register(Section, { listDisplay: ['name', 'position'], listEditable: ['position'] })
admin.register(Tag, { searchFields: ['name'] })
admin.register(Reading, {
  listDisplay: [
    'station',
    'takenAt',
    'temperature',
    'pressure',
    'humidity',
    'windSpeed',
    'windDirection',
    'rain',
    'isChecked',
    'instrument',
    'remark',
    'uploadedOn',
  ],
  ordering: ['-takenAt', 'station'],
  listFilter: Array.from({ length: 100 }, (_, index) => ({
    title: `measure ${index + 1}`,
    parameterName: `measure${index + 1}`,
    lookups: () => [['low', 'Low'] as const, ['high', 'High'] as const],
    queryset: (readings) => readings,
  })),
})
admin.register(Proof)
