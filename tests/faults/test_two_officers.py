"""Two officers choose the commission of one sitting at the same moment: one is kept, the other is told whose and who."""

import pytest

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.validation.actions import sittings
from dorobek.validation.models import Commission, Sitting
from tests.factories import acting, make_staff
from tests.faults.test_twice_and_at_once import at_once
from tests.validation.test_sittings import placed
from tests.validation.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_choosing_at_the_same_moment():
    world = World()
    sitting = placed(world, world.documented())
    other = make_staff(Role.AWARDING_OFFICER, world.unit, "Druga Urzędowa")
    version = Sitting.objects.get().version

    def choose(who, records):
        return lambda: sittings.choose_commission(
            sitting=sitting, records=records, base_version=version, acting_user=acting(who)
        )

    results = at_once(choose(world.officer, world.records[:2]), choose(other, world.records[2:]))
    told = [one for one in results if isinstance(one, RuleBroken)]
    kept = [one for one in results if isinstance(one, Sitting)]
    assert (len(told), len(kept)) == (1, 1), results
    held = Sitting.objects.get()
    members = [str(one.record.account) for one in held.commission.members.order_by("pk")]
    assert f"ktoś inny: {held.composed_by}. Jest w niej: {', '.join(members)}" in str(told[0].message)
    assert Commission.objects.count() == 1
