"""One place of a person on a date, kept by the database; the own share that waits to be transferred back.

Places bought twice before stay as they are, marked: books are never rewritten.
"""

from django.db import migrations, models
from django.db.models import Count, Min

ACCOUNTS = [
    ("programme", "pieniądze programu"),
    ("committed", "przyznane"),
    ("reserved", "zarezerwowane na szkolenie"),
    ("participant", "uczestnik"),
    ("own", "wpłacony udział własny"),
    ("owed", "udział własny do oddania"),
    ("provider", "zapłacone dostawcy"),
]
MOVEMENTS = [
    ("grant", "przyznanie wsparcia"),
    ("own-in", "wpłata udziału własnego"),
    ("reserve", "rezerwacja na szkolenie"),
    ("release", "zwolnienie rezerwacji"),
    ("give-back", "zwrot wsparcia do programu"),
    ("own-back", "zwrot udziału własnego"),
    ("own-out", "przelew zwróconego udziału własnego"),
    ("pay-support", "zapłata dostawcy ze wsparcia"),
    ("pay-own", "zapłata dostawcy z udziału własnego"),
]
TAKEN = ["bound", "used", "settled"]


def mark_second_places(apps, schema_editor):
    """All but the first voucher of a person on a date."""
    vouchers = apps.get_model("vouchers", "Voucher").objects.using(schema_editor.connection.alias)
    twice = vouchers.filter(state__in=TAKEN, edition__isnull=False).order_by().values("person", "edition")
    for one in twice.annotate(count=Count("pk"), first=Min("pk")).filter(count__gt=1):
        of_date = vouchers.filter(person=one["person"], edition=one["edition"], state__in=TAKEN)
        of_date.exclude(pk=one["first"]).update(second_place=True)


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0002_papers_and_guard")]

    operations = [
        migrations.AddField(
            model_name="voucher",
            name="second_place",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(mark_second_places, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(
                condition=models.Q(("second_place", False), ("state__in", TAKEN)),
                fields=("person", "edition"),
                name="one_place_of_a_person_on_a_date",
            ),
        ),
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(choices=ACCOUNTS, max_length=12),
        ),
        migrations.AlterField(
            model_name="movement",
            name="kind",
            field=models.CharField(choices=MOVEMENTS, max_length=12),
        ),
    ]
