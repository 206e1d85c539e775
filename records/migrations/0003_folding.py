import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_words_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Fold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded_at', models.DateTimeField()),
                ('words', models.TextField(blank=True, help_text='To the author, from a reader not named.', max_length=1000)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end', models.CharField(blank=True, choices=[('edited', 'Its author changed the words'), ('put_back', 'Put back, with a reason'), ('taken_back', 'Its author took it back, or undid sharing')], max_length=12)),
                ('reason', models.TextField(blank=True, help_text='Why it was put back, for its readers.', max_length=500)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('folded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folds', to='records.record')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('record',), name='records_fold_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='records_fold_ends_with_who_and_how'), models.CheckConstraint(condition=models.Q(models.Q(('end', 'put_back'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('end', 'put_back'), _negated=True), ('reason', '')), _connector='OR'), name='records_fold_put_back_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='SettingAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_order', models.BooleanField(help_text='By legal order, unread; otherwise by who looks after the space.')),
                ('reason', models.TextField(max_length=500)),
                ('set_aside_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='settings_aside', to='records.record')),
                ('set_aside_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('record', 'by_order'), name='records_settingaside_once_from_each_side'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='records_settingaside_lifted_by_somebody'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='records_settingaside_has_a_reason')],
            },
        ),
    ]
