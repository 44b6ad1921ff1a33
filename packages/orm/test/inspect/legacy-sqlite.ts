/** Tables as people write them for SQLite: names, types and constraints in every form that it takes. */
export const legacySqlite = `
  CREATE TABLE "order" (
    id INTEGER PRIMARY KEY, -- the key, of course
    "class" VARCHAR (20) NOT NULL DEFAULT 'a "x" ?', "objects" text, "pk" int, "save" int, "2fa" bool DEFAULT 0,
    "über weiß" text COLLATE NOCASE, "foo__bar" unsigned big int, price decimal(10,2) CHECK (price > 0 /* , */),
    price2 numeric DEFAULT 1.5 CONSTRAINT cheap CHECK (price2 < 50), anything, "valueOf" text, "constructor" text, "__proto__" text,
    user_id int REFERENCES users, "user" text, parent_id integer REFERENCES "ORDER"(id) ON DELETE CASCADE,
    created timestamp DEFAULT current_timestamp, n integer unsigned CHECK ("n" >= 0),
    js text CHECK (json_valid(js) OR js IS NULL), u char(32), "id " text, "" text, "getClassDisplay" text,
    CHECK (price2 < 100), UNIQUE (price, price2), CONSTRAINT [q'] UNIQUE (price2, js)
  );
  CREATE TABLE users (
    name varchar(30) PRIMARY KEY, boss text REFERENCES Users, twin varchar(30) UNIQUE REFERENCES users(name),
    total text AS (length(name)) STORED, virt int GENERATED ALWAYS AS (1+1) VIRTUAL
  ) WITHOUT ROWID;
  CREATE TABLE pair (a int REFERENCES users(name), b int NOT NULL REFERENCES "order", PRIMARY KEY (b, a));
  CREATE TABLE comp (x int, y int, FOREIGN KEY (x, y) REFERENCES pair (a, b));
  CREATE TABLE nokey (a int, b text, "id" int);
  CREATE UNIQUE INDEX uq ON nokey (a) WHERE a > 1;
  CREATE INDEX ex ON nokey (lower(b) DESC, a DESC);
  CREATE INDEX col ON nokey (b COLLATE nocase);
  CREATE TABLE stand_in (code text NOT NULL UNIQUE, rowid text);
  CREATE VIEW v AS SELECT id, price FROM "order";
  CREATE TABLE model (id integer PRIMARY KEY AUTOINCREMENT, f real, t time, d date, dt datetime);
  CREATE TABLE "Date" (id integer PRIMARY KEY, "weird""col" text, \`tick\` text, [brack et] text);
  CREATE TABLE strict_t (id integer PRIMARY KEY, a any, b blob) STRICT;
  CREATE VIRTUAL TABLE fts USING fts5(x);
  CREATE TABLE books (id integer PRIMARY KEY, author_id integer NOT NULL REFERENCES people(id), editor_id int REFERENCES people(id));
  CREATE TABLE people (id integer PRIMARY KEY, books_set text);
  CREATE TABLE "123" (id integer PRIMARY KEY);
  CREATE TABLE profile (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES people(id));
  CREATE UNIQUE INDEX one_profile ON profile (person_id);
`
