import { auto, char } from '@nuages/orm'
import { createModel, defineMigration } from '@nuages/orm/migrations'

export default defineMigration({
  operations: [
    createModel(
      'ContentType',
      {
        id: auto(),
        appLabel: char({ maxLength: 100 }),
        model: char({ maxLength: 100 }),
      },
      {
        table: 'django_content_type',
        constraints: [
          {
            type: 'unique',
            name: 'django_content_type_app_label_model_76bd3d3b_uniq',
            fields: ['appLabel', 'model'],
          },
        ],
      },
    ),
  ],
})
