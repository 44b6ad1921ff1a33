"""Real Django, asked for what the other side asks too.

Reads lines of JSON, {"timeZone": ..., "undo": ..., "queries": [...]}, and answers each with a line: a list of answers. The
queries are in the neutral form of neutral.ts.
"""
import json
import sys
import traceback
from contextlib import nullcontext
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
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from mended import Mended  # noqa: E402
from neutral_form import build  # noqa: E402
from plain_value import plain  # noqa: E402

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


def answers(request):
    Mended.apply(request.get("mended"))
    with timezone.override(ZoneInfo(request["timeZone"])), transaction.atomic() if request.get("undo") else nullcontext():
        said = [answer(query) for query in request["queries"]]
        if request.get("undo"):
            transaction.set_rollback(True)
    return said


for line in sys.stdin:
    print(json.dumps(answers(json.loads(line)), allow_nan=False), flush=True)
