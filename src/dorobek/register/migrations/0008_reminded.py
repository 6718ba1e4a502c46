from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0007_applications")]

    operations = [
        migrations.AddField(
            model_name="registerapplication",
            name="reminded",
            field=models.JSONField(default=list),
        ),
    ]
