"""The models of ../schema.ts as Django declares them. The tables are made by the other side."""
import json

from django.db import models


class Compact(json.JSONEncoder):
    """Documents without spaces, as the other side writes them: on SQLite they are compared as text."""

    def __init__(self, **options):
        super().__init__(**{**options, "separators": (",", ":"), "ensure_ascii": False})


class Country(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=50)


class Publisher(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    city = models.CharField(max_length=50, null=True)
    founded = models.IntegerField(null=True)
    homepage = models.URLField(blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, related_name="publishers")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="imprints")


class Author(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField(null=True)
    born = models.DateField(null=True)
    rating = models.FloatField(null=True)
    is_active = models.BooleanField(null=True)
    mentor = models.ForeignKey("self", models.SET_NULL, null=True, related_name="pupils")
    friends = models.ManyToManyField("self")

    class Meta:
        ordering = ["name", "-id"]


class Profile(models.Model):
    bio = models.TextField()
    website = models.URLField(null=True)
    author = models.OneToOneField(Author, models.CASCADE, related_name="profile")


class Tag(models.Model):
    name = models.CharField(max_length=30, unique=True)
    parent = models.ForeignKey("self", models.RESTRICT, null=True, related_name="children")


class Book(models.Model):
    title = models.CharField(max_length=200)
    subtitle = models.TextField(null=True)
    slug = models.SlugField(unique=True)
    code = models.UUIDField(null=True)
    pages = models.IntegerField(null=True)
    copies = models.BigIntegerField(null=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    rating = models.FloatField(null=True)
    published = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)
    opens_at = models.TimeField(null=True)
    reading_time = models.DurationField(null=True)
    is_draft = models.BooleanField(default=False)
    is_translated = models.BooleanField(null=True)
    data = models.JSONField(null=True, encoder=Compact)
    cover = models.BinaryField(null=True)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    editor = models.ForeignKey(Author, models.SET_NULL, null=True, related_name="edited")
    publisher = models.ForeignKey(Publisher, models.PROTECT, null=True, related_name="books")
    tags = models.ManyToManyField(Tag, related_name="books")
    contributors = models.ManyToManyField(Author, through="Contribution", related_name="contributed")


class Contribution(models.Model):
    role = models.CharField(max_length=20)
    position = models.IntegerField()
    book = models.ForeignKey(Book, models.CASCADE, related_name="contributions")
    author = models.ForeignKey(Author, models.CASCADE, related_name="contributions")


class Review(models.Model):
    stars = models.PositiveSmallIntegerField()
    body = models.TextField()
    helpful = models.BooleanField(null=True)
    posted_at = models.DateTimeField()
    book = models.ForeignKey(Book, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Author, models.SET_NULL, null=True, related_name="reviews_written")


class Sale(models.Model):
    day = models.DateField()
    quantity = models.IntegerField()
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    book = models.ForeignKey(Book, models.CASCADE, related_name="sales")
