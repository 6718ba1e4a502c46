from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='programmeversion',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('programme',), name='programme_one_draft'),
        ),
    ]
