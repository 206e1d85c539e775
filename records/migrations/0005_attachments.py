import django.db.models.deletion
import learnpartner.fields
import records.models.attachment
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_marks_links_telling"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='record',
            name='has_voice_note',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='record',
            name='photo_count',
            field=models.PositiveSmallIntegerField(default=0, help_text='Of its files; `attach_files` keeps it right.'),
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', learnpartner.fields.PublicIdField(default=learnpartner.fields.new_public_id, editable=False, max_length=12, unique=True)),
                ('draft_key', models.CharField(blank=True, help_text='The opened form that it came with.', max_length=24)),
                ('kind', models.CharField(choices=[('photo', 'Photo'), ('voice', 'Voice note')], max_length=10)),
                ('name', models.CharField(default=records.models.attachment.new_name, editable=False, help_text='In the store.', max_length=40, unique=True)),
                ('digest', models.CharField(help_text='SHA-256 of what was sent: the same file sent twice is one.', max_length=64)),
                ('media_type', models.CharField(max_length=20)),
                ('size', models.PositiveIntegerField(help_text='In bytes.')),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('description', models.TextField(blank=True, help_text='What can be seen or heard, for who cannot.', max_length=5000)),
                ('created_at', models.DateTimeField()),
                ('kept_at', models.DateTimeField(blank=True, help_text='The store has it.', null=True)),
                ('small_made_at', models.DateTimeField(blank=True, help_text='The store has its small picture.', null=True)),
                ('small_size', models.PositiveIntegerField(default=0, help_text='In bytes.')),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='At what is due: its small picture, or its end.')),
                ('next_try_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attachments', to='records.record')),
            ],
            options={
                'ordering': ['kind', 'id'],
                'indexes': [models.Index(condition=models.Q(('small_made_at', None)), fields=['next_try_at'], name='records_file_without_small'), models.Index(condition=models.Q(('record', None)), fields=['next_try_at'], name='records_file_on_no_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('record', None), ('draft_key', ''), _connector='OR'), name='records_attachment_on_a_record_or_in_a_form'), models.CheckConstraint(condition=models.Q(('record', None), ('kept_at__isnull', False), _connector='OR'), name='records_attachment_on_a_record_once_kept'), models.CheckConstraint(condition=models.Q(models.Q(('height__gt', 0), ('kind', 'photo'), ('seconds', None), ('width__gt', 0)), models.Q(('height', None), ('kind', 'voice'), ('seconds__gt', 0), ('width', None)), _connector='OR'), name='records_attachment_has_the_measures_of_its_kind'), models.UniqueConstraint(condition=models.Q(('draft_key', ''), _negated=True), fields=('owner', 'draft_key', 'digest'), name='records_attachment_once_per_form')],
            },
        ),
    ]
