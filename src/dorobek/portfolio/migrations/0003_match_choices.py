from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portfolio', '0002_held_credentials'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('outcome', models.CharField(max_length=121)),
                ('stem', models.CharField(max_length=60)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'outcome', 'stem'), name='match_choice_once')],
            },
        ),
    ]
