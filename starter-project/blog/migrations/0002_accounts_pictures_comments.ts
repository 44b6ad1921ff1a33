import {
  bigAuto,
  boolean,
  CASCADE,
  char,
  dateTime,
  email,
  foreignKey,
  image,
  oneToOne,
  SET_NULL,
  text,
} from 'nuages/orm'
import { addField, createModel, defineMigration } from 'nuages/orm/migrations'

export default defineMigration({
  dependencies: [
    ['accounts', '0001_initial'],
    ['blog', '0001_initial'],
  ],
  operations: [
    createModel('Comment', {
      id: bigAuto(),
      post: foreignKey('blog.Post', { onDelete: CASCADE }),
      name: char({ maxLength: 80 }),
      email: email({ default: '' }),
      body: text(),
      isApproved: boolean({ default: false }),
      created: dateTime({ autoNowAdd: true }),
    }),
    addField('Author', 'user', oneToOne('accounts.User', { null: true, onDelete: SET_NULL })),
    addField('Post', 'picture', image(), { oneOff: '' }),
    addField('Post', 'pictureAlt', char({ default: '', maxLength: 200 })),
  ],
})
