"""Tables of works.

A work is what readers know: title, state, current version. A version is one state of its text and
head; chapters keep their id through all versions, their texts are shared between versions that did
not change them. Nothing here is ever overwritten but the work's own row and its lists.
"""

from __future__ import annotations

from django.db import models

from hogarth.people.models import Account, Pseud


class Original(models.Model):
    """Bytes as received, kept by digest for ever. The bytes lie in the data directory.

    All that was read from it lands in one transaction with this row.
    """

    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    received = models.DateTimeField()

    class Meta:
        app_label = "hogarth"


class Asset(models.Model):
    """A picture of a work's text, kept by digest."""

    digest = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()

    class Meta:
        app_label = "hogarth"


class Tag(models.Model):
    """A tag in its author's wording. Shape: `kind` one of TAG_KINDS; `folded` to find it by."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500)

    class Meta:
        app_label = "hogarth"
        indexes = [models.Index(fields=["folded"], name="tag_by_name")]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="tag_once_per_kind")]


class Series(models.Model):
    """Works that belong together, by title and by who is their first author."""

    title = models.CharField(max_length=500)
    byline = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        app_label = "hogarth"
        constraints = [
            models.UniqueConstraint(fields=["title", "byline"], name="series_once_per_byline"),
        ]


class Work(models.Model):
    """One work. Its columns repeat what lists need of the current version's head."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        POSTED = "posted"
        WITHDRAWN = "withdrawn"
        DELETED = "deleted"

    class Visibility(models.TextChoices):
        PRIVATE = "private"
        RESTRICTED = "restricted"
        PUBLIC = "public"

    state = models.CharField(max_length=10, choices=State.choices, default=State.POSTED)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    anonymous = models.BooleanField(default=False)
    unrevealed = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    keeper = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="kept")

    title = models.TextField()
    sort_title = models.CharField(max_length=500)
    summary = models.TextField(null=True)
    language = models.CharField(max_length=35, null=True)
    status = models.CharField(max_length=12)
    expected_chapters = models.IntegerField(null=True)
    published = models.DateField(null=True)
    updated = models.DateField(null=True)
    words = models.IntegerField()
    chapters_count = models.IntegerField()
    adult = models.BooleanField(default=False)

    #: Identity, after the digest of an original: the canonical address, then the fingerprint.
    source = models.TextField(null=True)
    source_key = models.CharField(max_length=500, null=True)
    fingerprint = models.CharField(max_length=64, null=True)

    #: Field → digest of the original it was read from, or "edited"; "*" is every other field.
    provenance = models.JSONField(default=dict)
    #: The number of the version that readers see.
    current = models.IntegerField(default=1)

    scheduled_for = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    tags = models.ManyToManyField(Tag, through="WorkTag", related_name="works")
    series = models.ManyToManyField(Series, through="SeriesEntry", related_name="works")

    class Meta:
        app_label = "hogarth"
        indexes = [
            models.Index(fields=["source_key"], name="work_by_source"),
            models.Index(fields=["fingerprint"], name="work_by_fingerprint"),
            # Gives the list of what a guest may see, and counts it with its words, alone.
            models.Index(
                fields=[
                    "state",
                    "visibility",
                    "hidden",
                    "unrevealed",
                    "-changed",
                    "-id",
                    "words",
                ],
                name="work_by_sight",
            ),
            models.Index(fields=["-changed", "-id"], name="work_latest"),
        ]


class WorkTag(models.Model):
    # Where a unique constraint begins with a key, the key needs no index of its own.
    work = models.ForeignKey(
        Work, on_delete=models.CASCADE, related_name="work_tags", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="work_tags")
    position = models.IntegerField()

    class Meta:
        app_label = "hogarth"
        constraints = [models.UniqueConstraint(fields=["work", "tag"], name="work_tag_once")]


class WorkCredit(models.Model):
    """Who did what for a work. Shape: `role` one of manuscript.ROLES."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="credits", db_index=False)
    pseud = models.ForeignKey(Pseud, on_delete=models.PROTECT, related_name="credits")
    role = models.CharField(max_length=12)
    position = models.IntegerField()

    class Meta:
        app_label = "hogarth"
        constraints = [
            models.UniqueConstraint(fields=["work", "pseud", "role"], name="work_credit_once"),
        ]


class SeriesEntry(models.Model):
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="series_entries")
    position = models.IntegerField(null=True)

    class Meta:
        app_label = "hogarth"
        constraints = [models.UniqueConstraint(fields=["series", "work"], name="series_entry_once")]


class Version(models.Model):
    """One state of a work: its head as JSON (a manuscript without chapters) and its texts."""

    class Kind(models.TextChoices):
        READ = "read"
        RESTORED = "restored"
        EDITED = "edited"

    work = models.ForeignKey(
        Work, on_delete=models.CASCADE, related_name="versions", db_index=False
    )
    number = models.IntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    head = models.JSONField()
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made = models.DateTimeField()

    class Meta:
        app_label = "hogarth"
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="version_once")]


class Chapter(models.Model):
    """A chapter as readers link to it: its id outlives every version of its text."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="chapters")
    #: Its own canonical address, by which later copies find it.
    source_key = models.CharField(max_length=500, null=True)

    class Meta:
        app_label = "hogarth"


class ChapterText(models.Model):
    """What one chapter says, in the versions that share it. HTML is canonical.

    Shape: `digest` of the folded words, equal for the same text in another format; `flaws` the
    codes of what is wrong with this text, blank-separated; `original` where it was read from;
    `dated` the day that copy says it was last changed; `repairs` what rules propose for this text,
    as rows (see restoration.repairs), places in it as it was read. A restored text points to the
    one it was made of, shares its digest and flaws, and says in `restoration` what a person
    decided: {overturned: [keys], by_hand: [rows]}.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="texts")
    title = models.TextField(null=True)
    source = models.TextField(null=True)
    summary = models.TextField(null=True)
    notes = models.TextField(null=True)
    end_notes = models.TextField(null=True)
    html = models.TextField()
    words = models.IntegerField()
    paragraphs = models.IntegerField()
    digest = models.CharField(max_length=64)
    flaws = models.CharField(max_length=100, blank=True, default="")
    dated = models.DateField(null=True)
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    repairs = models.JSONField(default=list)
    read_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    restoration = models.JSONField(default=dict)

    class Meta:
        app_label = "hogarth"


class VersionText(models.Model):
    """A chapter's text in a version, under the number it has there."""

    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="version_texts", db_index=False
    )
    text = models.ForeignKey(ChapterText, on_delete=models.PROTECT, related_name="version_texts")
    number = models.IntegerField()

    class Meta:
        app_label = "hogarth"
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="text_once")]


class VersionAsset(models.Model):
    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="version_assets", db_index=False
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="version_assets")
    name = models.CharField(max_length=120)

    class Meta:
        app_label = "hogarth"
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="asset_once")]


class Witness(models.Model):
    """One original that holds a work, and what reading it showed.

    Shape: `evidence` [{fact, detail}], `problems` [{code, detail}]; `place` the file's name as
    found, with its place in a container; `part` the index of the manuscript in the file.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="witnesses")
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="witnesses", db_index=False
    )
    part = models.IntegerField(default=0)
    place = models.TextField()
    reader = models.CharField(max_length=40)
    evidence = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    seen = models.DateTimeField()

    class Meta:
        app_label = "hogarth"
        constraints = [
            models.UniqueConstraint(fields=["original", "part"], name="witness_once"),
        ]


class Change(models.Model):
    """The change log: appended in the transaction of the change, never altered.

    Shape: `kind` imported|updated|witnessed|published|withdrawn|deleted|edited|restored;
    `reduces` true
    when somebody may no longer see what they could see before.
    """

    kind = models.CharField(max_length=12)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="changes")
    by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, related_name="changes", db_index=False
    )
    reduces = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        app_label = "hogarth"
