"""Makes the tables of Django's own apps and of `django_models.py` as a project of Django's does: makemigrations, then migrate.

python3 django_migrate.py FOLDER '{"ENGINE": …}': FOLDER takes the app's files.
"""
import json
import pathlib
import shutil
import sys

import django
from django.conf import settings
from django.core.management import call_command

folder, database = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
app = folder / 'shop'
app.mkdir()
(app / '__init__.py').touch()
shutil.copy(pathlib.Path(__file__).with_name('django_models.py'), app / 'models.py')
sys.path.insert(0, str(folder))
contrib = ['admin', 'auth', 'contenttypes', 'sessions', 'messages']
settings.configure(
    DATABASES={'default': database},
    INSTALLED_APPS=[*(f'django.contrib.{name}' for name in contrib), 'shop'],
    DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
    SECRET_KEY='x',
    USE_TZ=True,
)
django.setup()
if database['ENGINE'].endswith('postgresql'):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute('CREATE EXTENSION IF NOT EXISTS btree_gist')
call_command('makemigrations', 'shop', verbosity=0)
call_command('migrate', verbosity=0)
