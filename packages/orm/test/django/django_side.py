"""Real Django, asked for what the other side asks too.

Reads lines of JSON, {"timeZone": ..., "undo": ..., "queries": [...]}, and answers each with a line: a list of answers. The
queries are in the neutral form of neutral.ts; what differs in names or in shape between Nuages and Django is told apart here.
"""
import json
import re
import sys
import traceback
from contextlib import nullcontext
from copy import copy
from datetime import date, datetime, time, timedelta, timezone as utc_only
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import django
from django.conf import settings

settings.configure(
    USE_TZ=True,
    TIME_ZONE="UTC",
    INSTALLED_APPS=["shop"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1]}},
)
django.setup()

from django.core import exceptions  # noqa: E402
from django.db import connection, models, transaction, utils  # noqa: E402
from django.db.models import functions  # noqa: E402
from django.db.models.expressions import BaseExpression, Combinable  # noqa: E402
from django.db.models.sql.query import Query  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from shop import models as shop  # noqa: E402


# What Django mended after 3.2, and known-differences.ts lists: `__iso_year` compared the calendar's years until 4.0, `~~q` was
# a negation inside another until 4.2, and of numbers of two kinds, or of a date and a duration, it had to be told what they give.
functions.ExtractIsoYear.class_lookups.clear()


wider = [models.DateTimeField, models.DateField, models.DecimalField, models.FloatField, models.IntegerField]
resolve_output_field = BaseExpression._resolve_output_field


def output_field(self):
    try:
        return resolve_output_field(self)
    except exceptions.FieldError:
        found = [field for field in self.get_source_fields() if field is not None]
        return next((field for cls in wider for field in found if isinstance(field, cls)), found[0])


BaseExpression._resolve_output_field = output_field


def negated(value):
    if not isinstance(value, models.Q):
        return ~value
    mirrored = copy(value)
    mirrored.negate()
    return mirrored


def snake(name):
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", name).lower()


def camel(name):
    return re.sub(r"(?<=[a-zA-Z\d])_([a-z\d])", lambda found: found[1].upper(), name)


literals = {
    "plainDate": date.fromisoformat,
    "plainTime": time.fromisoformat,
    "instant": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")),
    "micros": lambda count: timedelta(microseconds=count),
    "money": Decimal,
    "big": int,
    "bytes": bytes.fromhex,
    "query": lambda model: getattr(shop, model)._default_manager.all(),
}

def path(value):
    """A path stays one when names become Django's; so does a list of them."""
    return snake(value) if isinstance(value, str) else [path(item) for item in value] if isinstance(value, list) else value


def is_plain(value):
    return isinstance(value, dict) and "$" not in value


def keywords(value):
    return {snake(key): build(item) for key, item in value.items()}


def arguments(args, text_is_path):
    """Objects among arguments are keyword arguments, and strings paths where they are no values."""
    positional = []
    named = {}
    for arg in args:
        if is_plain(arg):
            named.update(keywords(arg))
        elif text_is_path and isinstance(arg, (str, list)):
            positional.append(path(arg) if not isinstance(arg, list) else [build(item) for item in arg])
        else:
            positional.append(build(arg))
    return positional, named


def build(value):
    if isinstance(value, list):
        return [build(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$" not in value:
        return {key: build(item) for key, item in value.items()}
    made = make(value["$"], value["args"])
    for name, *args in value["calls"]:
        made = call(made, name, args)
    return made


def find_function(name):
    found = getattr(models, name, None) or getattr(functions, name, None)
    if found is None:
        raise LookupError(f"Django has no {name}")
    return found


def make(name, args):
    if name in literals:
        return literals[name](*args)
    if name == "Value":
        positional = [build(args[0])]
        return models.Value(*positional, **special_options(args[1:]))
    if name in makers:
        return makers[name](*args)
    positional, named = arguments(args, True)
    return find_function(name)(*positional, **named)


def special_options(args):
    return keywords(args[0]) if args else {}


def when(condition, result):
    if is_plain(condition):
        return models.When(then=build_path(result), **keywords(condition))
    return models.When(build(condition), then=build_path(result))


def case(*args):
    options = [arg for arg in args if is_plain(arg)]
    named = {snake(key): build_path(value) for option in options for key, value in option.items()}
    return models.Case(*[build(arg) for arg in args if not is_plain(arg)], **named)


def build_path(value):
    return snake(value) if isinstance(value, str) else build(value)


def listed(value):
    return value if isinstance(value, list) else [value]


def order_term(value):
    if not isinstance(value, str):
        return build(value)
    return models.F(snake(value[1:])).desc() if value.startswith("-") else models.F(snake(value)).asc()


frames = {"rows": models.RowRange, "range": models.ValueRange}


def window(of, options={}):
    named = {}
    if "partitionBy" in options:
        named["partition_by"] = [models.F(snake(by)) if isinstance(by, str) else build(by) for by in listed(options["partitionBy"])]
    if "orderBy" in options:
        named["order_by"] = [order_term(by) for by in listed(options["orderBy"])]
    if "frame" in options:
        frame = options["frame"]
        named["frame"] = frames[frame["type"]](start=frame.get("start"), end=frame.get("end"))
    return models.Window(build(of), **named)


def prefetch(path, rows=None, options={}):
    return models.Prefetch(snake(path), build(rows), to_attr=options.get("toAttr") and snake(options["toAttr"]))


field_kinds = {
    "integer": models.IntegerField,
    "float": models.FloatField,
    "text": models.TextField,
    "decimal": lambda: models.DecimalField(max_digits=12, decimal_places=2),
    "boolean": models.BooleanField,
    "date": models.DateField,
    "dateTime": models.DateTimeField,
    "time": models.TimeField,
    "duration": models.DurationField,
}

makers = {
    "When": when,
    "Case": case,
    "Window": window,
    "Prefetch": prefetch,
    "field": lambda kind: field_kinds[kind](),
}

expression_calls = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "modulo": lambda a, b: a % b,
    "power": lambda a, b: a**b,
    "negate": lambda a: -a,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "not": negated,
}


def as_q(value):
    return models.Q(**keywords(value)) if is_plain(value) else build(value)


def call(on, name, args):
    if name == "attribute":
        return getattr(on, snake(args[0]))
    if name == "assign":
        for key, value in keywords(args[0]).items():
            setattr(on, key, value)
        return on
    if name in ("and", "or", "not", "xor"):
        return expression_calls[name](on, *[as_q(arg) for arg in args])
    if name in expression_calls and isinstance(on, (models.Q, Combinable, models.QuerySet)):
        return expression_calls[name](on, *[build(arg) for arg in args])
    if name in set_calls and not isinstance(on, models.Model):
        return set_calls[name](on, *args)
    text_is_path = name not in ("set", "add", "remove")
    positional, named = arguments(args, text_is_path)
    return getattr(on, snake(name))(*positional, **named)


def slice_of(rows, start, end=None):
    return rows[start:end]


def get_or_create(rows, conditions, defaults=None):
    return list(rows.get_or_create(defaults=keywords(defaults or {}), **keywords(conditions)))


def update_or_create(rows, conditions, defaults=None):
    return list(rows.update_or_create(defaults=keywords(defaults or {}), **keywords(conditions)))


def bulk_create(rows, made, options={}):
    return len(rows.bulk_create([rows.model(**keywords(values)) for values in made], **keywords(options)))


def bulk_update(rows, changed, names, options={}):
    changed = build(changed)
    rows.bulk_update(changed, [snake(name) for name in names], **keywords(options))
    return len(changed)


def in_bulk(rows, keys, options={}):
    return rows.in_bulk(keys, **{key: snake(value) for key, value in [(snake(k), v) for k, v in options.items()]})


def dates(rows, name, kind, order="ASC"):
    return rows.dates(snake(name), kind, order)


def raw(rows, sql, params=()):
    return list(rows.model._base_manager.raw(sql.replace("?", "%s"), params))


def datetimes(rows, name, kind, options={}):
    return rows.datetimes(snake(name), kind, options.get("order", "ASC"))


def iterator(rows, chunk_size=2000):
    return list(rows.iterator())


set_calls = {
    "slice": slice_of,
    "getOrCreate": get_or_create,
    "updateOrCreate": update_or_create,
    "bulkCreate": bulk_create,
    "bulkUpdate": bulk_update,
    "inBulk": in_bulk,
    "dates": dates,
    "datetimes": datetimes,
    "iterator": iterator,
    "raw": raw,
}


def plain(value, beside=None):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= 2**53 - 1 else {"$big": str(value)}
    if isinstance(value, float):
        return value if value != int_or(value) else int(value)
    if isinstance(value, Decimal):
        return {"$decimal": "{:f}".format(value.normalize() + 0)}
    if isinstance(value, datetime):
        moment = value.astimezone(utc_only.utc)
        return {"$instant": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat("microseconds")}
    if isinstance(value, timedelta):
        return {"$micros": value // timedelta(microseconds=1)}
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return {"$bytes": bytes(value).hex()}
    if isinstance(value, models.Model):
        return plain_row(value, beside or {"annotations": [], "relations": []})
    if isinstance(value, dict):
        named = {key if "." in key else camel(key): item for key, item in ((str(key), item) for key, item in value.items())}
        return {key: plain(named[key], beside) for key in sorted(named)}
    if isinstance(value, models.Manager):
        value = value.all()
    return [plain(item, beside) for item in value]


def int_or(value):
    return int(value) if value == value and abs(value) < 2**53 else None


def plain_row(row, beside):
    known = {"$row": type(row).__name__, "pk": plain(row.pk)}
    for name in beside["annotations"]:
        known[name] = plain(getattr(row, snake(name)))
    for name in beside["relations"]:
        known[name] = keys_at(row, snake(name).split("__"))
    return known


def keys_at(row, names):
    name, *rest = names
    try:
        related = getattr(row, name)
    except exceptions.ObjectDoesNotExist:
        return None
    if related is None:
        return None
    many = not isinstance(related, models.Model)
    rows = related if isinstance(related, list) else related.all() if many else [related]
    keys = [keys_at(each, rest) if rest else plain(each) for each in rows]
    return sorted(json.dumps(key, separators=(",", ":"), ensure_ascii=False) for key in keys) if many else keys[0]


kinds = [
    (exceptions.ObjectDoesNotExist, "ObjectDoesNotExist"),
    (exceptions.MultipleObjectsReturned, "MultipleObjectsReturned"),
    (models.ProtectedError, "ProtectedError"),
    (models.RestrictedError, "RestrictedError"),
    (utils.IntegrityError, "IntegrityError"),
    ((exceptions.FieldError, exceptions.FieldDoesNotExist), "FieldError"),
    ((ValueError, exceptions.ValidationError), "ValueError"),
    ((TypeError, AssertionError, utils.NotSupportedError), "QueryError"),
]


def kind_of(error):
    return next((kind for cls, kind in kinds if isinstance(error, cls)), type(error).__name__)


def answer(query):
    ordered = False
    with CaptureQueriesContext(connection) as captured:
        try:
            made = build(query)
            if isinstance(made, models.QuerySet):
                ordered = made.ordered
            said = {"value": plain(made, query["carried"]), "ordered": ordered}
        except Exception as error:  # whatever it is, the other side must say the same
            said = {"error": kind_of(error), "message": f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-3)}"}
    said["sql"] = [entry["sql"] for entry in captured.captured_queries]
    return said


class Mended:
    """Django without two faults of its own that random queries meet: see known-differences.ts."""

    methods = {name: getattr(Query, name) for name in ("is_nullable", "split_exclude", "trim_start")}
    asking = []

    def is_nullable(self, field):
        """Under a negation every column is tested for NULL, since a join may become an outer one later."""
        return True

    def split_exclude(self, filter_expr, can_reuse, names_with_path):
        Mended.asking.append((self, can_reuse))
        try:
            return Mended.methods["split_exclude"](self, filter_expr, can_reuse, names_with_path)
        finally:
            Mended.asking.pop()

    def trim_start(self, names_with_path):
        """The row that is asked about is tied to one joined outside where that is the same join, not the same alias."""
        joins = dict(self.alias_map)
        trimmed = Mended.methods["trim_start"](self, names_with_path)
        outer, can_reuse = Mended.asking[-1]
        same = Mended.same_join(outer, can_reuse, joins, self.select[0].alias)
        self.bump_prefix(outer)
        if same:
            # All of them, since the tables stand in the order in which they were named.
            selected = self.select[0].alias
            self.change_aliases({key: same if key == selected else f"W{key}" for key in self.alias_map})
            self.alias_prefix = outer.alias_prefix
        return trimmed

    @staticmethod
    def same_join(outer, can_reuse, joins, alias):
        steps = []
        while joins[alias].parent_alias:
            steps.insert(0, joins[alias].join_field)
            alias = joins[alias].parent_alias
        found = [outer.base_table] if steps else []
        for field in steps:
            found = [
                key
                for key, join in outer.alias_map.items()
                if join.parent_alias in found and join.join_field == field and outer.alias_refcount[key]
            ]
        return next((key for key in reversed(found) if key in can_reuse), None)

    @classmethod
    def apply(cls, mended):
        for name, own in cls.methods.items():
            setattr(Query, name, getattr(cls, name) if mended else own)


def answers(request):
    Mended.apply(request.get("mended"))
    with timezone.override(ZoneInfo(request["timeZone"])), transaction.atomic() if request.get("undo") else nullcontext():
        said = [answer(query) for query in request["queries"]]
        if request.get("undo"):
            transaction.set_rollback(True)
    return said


for line in sys.stdin:
    print(json.dumps(answers(json.loads(line)), allow_nan=False), flush=True)
