"""The mark of a programme on its documents (SA-1): PNG or JPEG, written anew and made smaller."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.documents.pictures import PictureError, fitted
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.files import forget_bytes, store_bytes
from dorobek.kernel.uploads import checked
from dorobek.people.acting import ActingUser
from dorobek.people.perms import administers
from dorobek.programmes.models import Programme

ACCEPTED = ("image/png", "image/jpeg")
LARGEST_EDGE = 1200  # points: 16 mm high on paper at 600 dpi is less than 400


@transaction.atomic
def set_logo(*, programme: Programme, upload: UploadedFile | None, acting_user: ActingUser) -> Programme:
    """Put a picture on the documents made from now on, or take it off; documents handed over keep theirs.

    Raises NotAllowed, RuleBroken.
    """
    acting_user.require(administers(acting_user.account, programme.institution))
    programme = programme.locked()
    stored = None
    if upload is not None:
        checked(upload, ACCEPTED)
        try:
            data = fitted(upload.read(), LARGEST_EDGE)
        except PictureError as error:
            raise RuleBroken(
                _("Tego obrazu nie da się otworzyć. Proszę zapisać go jeszcze raz jako PNG."), "file"
            ) from error
        stored = store_bytes(data, name=f"{programme.code}.png", media_type="image/png")
    try:
        changes = programme.write({"logo": stored}, base_version=None)
        if changes:
            acting_user.record("programme.logo-changed", stream=programme.uid, subject=programme.uid, **changes)
    except BaseException:
        if stored is not None:
            forget_bytes(stored)
        raise
    return programme
