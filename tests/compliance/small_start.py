"""磯波町's plan with every ◎ of a small start answered and nothing else."""

from uuid import uuid4

from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint.small_start import is_unasked, unasked
from planwizard.common.keys import new_key
from planwizard.plans import versions
from planwizard.plans.models import Part
from planwizard.wizard import demo
from planwizard.wizard.small_start import essential_of
from tests.factories import NOW, member_for


def isonami_plan():
    """Where the accounts of the demo are written, the caller has set."""
    version = demo.load(at=NOW).plans[1]
    with acting_for(version.municipality_id):
        versions.start_small(version, True, by=member_for(version.created_by))
        for part in Part.objects.of(version).kept():
            hidden = unasked(part.sheet, essential_of(version, part, "standalone"))
            part.values = {path: kept for path, kept in part.values.items() if not is_unasked(path, hidden)}
            part.save(update_fields=["values"])
        version.refresh_from_db()
    return version


def bring_sheets_to(version, count):
    """Copies of the last sheet, until there are so many."""
    sheets = list(Part.objects.of(version).kept().measures().in_order())
    copies = []
    for n in range(len(sheets), count):
        copy = Part.objects.get(pk=sheets[-1].pk)
        copy.pk, copy.key, copy.measure_no, copy.position = uuid4(), new_key(), f"6-{n}", 100_000 + n
        copies.append(copy)
    Part.objects.bulk_create(copies)
