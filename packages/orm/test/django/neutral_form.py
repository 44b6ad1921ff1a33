"""The neutral form of neutral.ts as Django's own calls. What differs in names or in shape is told apart here."""
from copy import copy
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import functions
from django.db.models.expressions import Combinable

from names import snake
from shop import models as shop


def negated(value):
    if not isinstance(value, models.Q):
        return ~value
    mirrored = copy(value)
    mirrored.negate()
    return mirrored


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
