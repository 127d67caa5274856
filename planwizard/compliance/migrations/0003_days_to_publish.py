import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0002_handing_out'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='handingout',
            options={'base_manager_name': 'objects', 'default_manager_name': 'objects', 'verbose_name': '決裁と公表の決まり'},
        ),
        migrations.AddField(
            model_name='handingout',
            name='prompt_days',
            field=models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='改定の決裁から公表までの日数'),
        ),
    ]
