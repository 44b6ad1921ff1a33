// Each asks of all tables at once: a schema of a thousand tables takes as many queries as one of two.

/** Virtual tables, and those that they keep their content in, are no model's. */
export const ownTables =
  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN " +
  "(SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')) ORDER BY name"

export const virtualTables =
  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"

export const views = "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"

/** Of tables: whether they have no rowid, and whether they keep to the types of their columns. */
export const tableKinds = "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main'"

/** Of each column: table, name, type, NOT NULL, place in the key, hidden, default. */
export const columnsOf = `SELECT m.name, x.name, x.type, x."notnull", x.pk, x.hidden, x.dflt_value
  FROM sqlite_master m JOIN pragma_table_xinfo(m.name) x WHERE m.type IN ('table', 'view') ORDER BY m.name, x.cid`

/** Of each column of each foreign key: table, number of the key, column, table and column that it leads to, on delete. */
export const keysOf = `SELECT m.name, k.id, k."from", k."table", k."to", k.on_delete
  FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY m.name, k.id, k.seq`

/**
 * Of each part of each index: table, index, unique, what made it (`c` CREATE INDEX, `u` UNIQUE, `pk` a key), the SQL that made it,
 * then of the part: the column, descending, collation.
 */
export const indexesOf = `SELECT m.name, l.name, l."unique", l.origin, i.sql, x.name, x."desc", x.coll
  FROM sqlite_master m JOIN pragma_index_list(m.name) l LEFT JOIN sqlite_master i ON i.type = 'index' AND i.name = l.name
  JOIN pragma_index_xinfo(l.name) x WHERE m.type = 'table' AND x.key ORDER BY m.name, l.name, x.seqno`
