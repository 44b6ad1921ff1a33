"""The models of ../../models.ts as Django declares them, but for what Django 3.2 does not have. The tables are made by the other side."""
from django.conf import settings
from django.db import models


class AuthorManager(models.Manager):
    def get_by_natural_key(self, first_name, last_name):
        return self.get(first_name=first_name, last_name=last_name)


class Author(models.Model):
    first_name = models.CharField(max_length=50)
    last_name = models.CharField(max_length=50)
    born = models.DateField(null=True)
    favourite = models.ForeignKey("Article", models.SET_NULL, null=True, related_name="+")
    objects = AuthorManager()

    def natural_key(self):
        return (self.first_name, self.last_name)


class TagManager(models.Manager):
    def get_by_natural_key(self, name):
        return self.get(name=name)


class Tag(models.Model):
    name = models.CharField(max_length=50, unique=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True)
    related = models.ManyToManyField("self")
    objects = TagManager()

    def natural_key(self):
        return (self.name,)


class ArticleManager(models.Manager):
    def get_by_natural_key(self, slug, first_name, last_name):
        return self.get(slug=slug, author__first_name=first_name, author__last_name=last_name)


class Article(models.Model):
    slug = models.SlugField()
    published_at = models.DateTimeField(null=True)
    author = models.ForeignKey(Author, models.CASCADE)
    tags = models.ManyToManyField(Tag)
    objects = ArticleManager()

    def natural_key(self):
        return (self.slug,) + self.author.natural_key()

    natural_key.dependencies = ["library.author"]


class Summary(models.Model):
    article = models.OneToOneField(Article, models.CASCADE, primary_key=True)
    body = models.TextField()


class Everything(models.Model):
    code = models.UUIDField(primary_key=True)
    truth = models.BooleanField(null=True)
    char = models.CharField(max_length=200, null=True)
    text = models.TextField()
    slug = models.SlugField(null=True)
    email = models.EmailField(null=True)
    url = models.URLField(null=True)
    small = models.SmallIntegerField(null=True)
    whole = models.IntegerField(null=True)
    positive = models.PositiveIntegerField(null=True)
    positive_small = models.PositiveSmallIntegerField(null=True)
    big = models.BigIntegerField(null=True)
    float = models.FloatField(null=True)
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    day = models.DateField(null=True)
    clock = models.TimeField(null=True)
    moment_at = models.DateTimeField(null=True)
    stamped_at = models.DateTimeField(auto_now=True)
    length = models.DurationField(null=True)
    document = models.JSONField(null=True)
    bytes = models.BinaryField(null=True)
    address = models.GenericIPAddressField(null=True)
    cover = models.FileField(blank=True)
    renamed_column = models.CharField(max_length=20, default="x", db_column="other_column")


if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
    from django.contrib.postgres.fields import ArrayField

    class Lists(models.Model):
        words = ArrayField(models.CharField(max_length=20), null=True)
        numbers = ArrayField(models.BigIntegerField(), null=True)
        moments = ArrayField(models.DateTimeField(), default=list)
        truths = ArrayField(models.BooleanField(), default=list)
