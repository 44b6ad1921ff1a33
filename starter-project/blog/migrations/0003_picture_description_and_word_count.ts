import { positiveInteger } from 'nuages/orm'
import { addField, defineMigration, renameField } from 'nuages/orm/migrations'

export default defineMigration({
  dependencies: [['blog', '0002_accounts_pictures_comments']],
  operations: [
    renameField('Post', 'pictureAlt', 'pictureDescription'),
    addField('Post', 'wordCount', positiveInteger({ default: 0 })),
  ],
})
