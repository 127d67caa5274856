from django.db import migrations

TOLD = ("national_documents", "laws", "funding_sources", "standard_indicators", "terms")


def copy(apps, schema_editor):
    """What plans were told of until now stood in the applied imports alone."""
    entries = apps.get_model("catalog", "ImportedEntry").objects.select_related("brought")
    applied = entries.filter(brought__state="applied", section__in=TOLD, verdict__in=["changed", "missing"])
    Change = apps.get_model("catalog", "CatalogChange")
    Change.objects.bulk_create(
        [
            Change(
                section=entry.section,
                reference=entry.reference,
                before=entry.before,
                after=None if entry.decision == "off" else entry.facts,
                by=entry.brought.decided_by,
                at=entry.brought.decided_at,
            )
            for entry in applied.exclude(decision="leave").order_by("brought__decided_at", "position")
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_changes_of_entries")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
