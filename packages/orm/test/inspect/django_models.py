"""Models with every field, relation, index and constraint that Django has, for it to make their tables by itself."""
import uuid

from django.contrib.auth.models import User
from django.core.validators import MinValueValidator
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper


class Everything(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    big = models.BigIntegerField()
    binary = models.BinaryField(null=True)
    flag = models.BooleanField(default=False)
    maybe = models.BooleanField(null=True)
    name = models.CharField(max_length=30, db_index=True)
    code = models.CharField(max_length=10, unique=True)
    choice = models.CharField(max_length=5, choices=[('a', 'A'), ('b', 'B')])
    day = models.DateField(auto_now=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    length = models.DurationField(null=True)
    email = models.EmailField(blank=True)
    upload = models.FileField(upload_to='x')
    path = models.FilePathField(path='/tmp')
    rate = models.FloatField(null=True)
    ip = models.GenericIPAddressField(null=True)
    picture = models.FileField(max_length=200, upload_to='y')
    number = models.IntegerField(validators=[MinValueValidator(3)], unique=True)
    data = models.JSONField(default=dict)
    positive = models.PositiveIntegerField()
    positive_small = models.PositiveSmallIntegerField(null=True)
    positive_big = models.PositiveBigIntegerField()
    slug = models.SlugField()
    small = models.SmallIntegerField(db_index=True)
    words = models.TextField(unique=True)
    clock = models.TimeField()
    site = models.URLField()
    token = models.UUIDField(db_index=True)
    odd = models.IntegerField(db_column='Odd Name')
    noted = models.TextField(db_column='CamelCase', db_index=True)

    class Meta:
        unique_together = [('name', 'code'), ('big', 'small', 'flag')]
        index_together = [('day', 'at')]
        indexes = [
            models.Index(fields=['-price', 'number'], name='dearest'),
            models.Index(fields=['slug'], name='flagged', condition=Q(flag=True, number__gt=3)),
            models.Index(Lower('name').desc(), F('number'), name='lowered'),
        ]
        constraints = [
            models.CheckConstraint(check=Q(price__gte=0) | Q(flag=False), name='paid'),
            models.UniqueConstraint(fields=['slug', 'site'], name='one_site'),
            models.UniqueConstraint(fields=['email'], name='one_email', condition=Q(flag=True)),
            models.CheckConstraint(check=Q(name__in=['it\'s', '%?']) | Q(number__isnull=False), name='quoted'),
        ]


class Node(models.Model):
    parent = models.ForeignKey('self', models.CASCADE, null=True, related_name='children')
    everything = models.ForeignKey(Everything, models.PROTECT)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name='+')
    editor = models.ForeignKey(User, models.CASCADE, db_column='edited_by', db_index=False, related_name='+')
    twin = models.OneToOneField('self', models.CASCADE, null=True, related_name='other')
    free = models.ForeignKey('Tag', models.DO_NOTHING, db_constraint=False)
    tags = models.ManyToManyField('Tag')
    near = models.ManyToManyField('self')
    far = models.ManyToManyField('self', through='Link', symmetrical=False)


class Tag(models.Model):
    key = models.CharField(max_length=20, primary_key=True)
    node = models.ForeignKey(Node, models.CASCADE, related_name='+', null=True)


class Link(models.Model):
    one = models.ForeignKey(Node, models.CASCADE, related_name='+')
    other = models.ForeignKey(Node, models.CASCADE, related_name='+')
    weight = models.SmallIntegerField(default=1)

    class Meta:
        unique_together = [('one', 'other')]


class Special(Everything):
    extra = models.TextField()


class SmallKey(models.Model):
    id = models.SmallAutoField(primary_key=True)


class OldKey(models.Model):
    id = models.AutoField(primary_key=True)
    small = models.ForeignKey(SmallKey, models.CASCADE)
    tag = models.OneToOneField(Tag, models.CASCADE, primary_key=False)


class KeyIsRelation(models.Model):
    old = models.OneToOneField(OldKey, models.CASCADE, primary_key=True)


class PairedKey(models.Model):
    relation = models.ForeignKey(KeyIsRelation, models.CASCADE)
    old = models.ForeignKey(OldKey, models.CASCADE)


if connection.vendor == 'postgresql':
    from django.contrib.postgres.constraints import ExclusionConstraint
    from django.contrib.postgres.fields import (
        ArrayField, CICharField, DateTimeRangeField, HStoreField, IntegerRangeField, RangeOperators)
    from django.contrib.postgres.indexes import BrinIndex, GinIndex, HashIndex
    from django.contrib.postgres.search import SearchVectorField

    class Postgres(models.Model):
        numbers = ArrayField(models.IntegerField())
        tags = ArrayField(models.CharField(max_length=10), null=True, size=3)
        during = models.IntegerField()

        class Meta:
            indexes = [
                GinIndex(fields=['numbers'], name='numbers_gin'),
                BrinIndex(fields=['during'], name='during_brin'),
                HashIndex(fields=['during'], name='during_hash'),
                models.Index(fields=['during'], name='during_tags', include=['tags']),
                GinIndex(fields=['tags'], name='tags_ops', opclasses=['array_ops']),
            ]
            constraints = [
                models.UniqueConstraint(fields=['during'], name='later', deferrable=models.Deferrable.DEFERRED),
                models.UniqueConstraint(fields=['numbers'], name='covered', include=['during']),
                ExclusionConstraint(name='apart', expressions=[('during', '='), ('id', RangeOperators.NOT_EQUAL)]),
            ]

    class Guessed(models.Model):
        """Columns of types that the ORM has no field for."""
        during = DateTimeRangeField()
        numbers = IntegerRangeField(null=True)
        words = SearchVectorField(null=True)
