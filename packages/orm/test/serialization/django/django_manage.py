"""Real Django's dumpdata and loaddata, on tables that the other side has made.

Its arguments are the database as JSON, the installed apps separated by commas, and the command with what it takes.
"""
import json
import sys

import django
from django.conf import settings
from django.core.management import execute_from_command_line

database, apps, *words = sys.argv[1:]
settings.configure(
    USE_TZ=True,
    TIME_ZONE="UTC",
    INSTALLED_APPS=apps.split(","),
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": json.loads(database)},
)
django.setup()
execute_from_command_line(["manage.py", *words])
