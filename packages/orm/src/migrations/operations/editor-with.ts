import type { SchemaEditor } from '../../backends/schema-editor.ts'

/** An editor that changes tables in another way, and is otherwise the one given. */
export function editorWith(editor: SchemaEditor, alterTable: SchemaEditor['alterTable']): SchemaEditor {
  return {
    createTable: (table) => editor.createTable(table),
    dropTable: (table) => editor.dropTable(table),
    run: (sql) => editor.run(sql),
    rowsChanged: () => editor.rowsChanged?.(),
    alterTable,
  }
}
