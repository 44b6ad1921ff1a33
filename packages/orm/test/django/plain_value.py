"""Results as JSON that both sides write alike: see plain-value.ts."""
import json
from datetime import date, datetime, time, timedelta
from datetime import timezone as utc_only
from decimal import Decimal
from uuid import UUID

from django.core import exceptions
from django.db import models

from names import camel, snake


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
