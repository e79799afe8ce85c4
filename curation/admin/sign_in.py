"""The desk's sign-in form."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from curation import signing_in


class SignInForm(AdminAuthenticationForm):
    def clean(self):
        assert self.request is not None  # the view hands it in
        name = self.cleaned_data.get("username", "")
        address = signing_in.address_of(self.request)
        if signing_in.is_locked(name, address):
            minutes = int(signing_in.WITHIN.total_seconds() // 60)
            raise ValidationError(
                f"Too many failed attempts with this name. Try again in {minutes} minutes.",
                code="locked",
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            signing_in.failed(name, address)
            raise
        signing_in.succeeded(name, address)
        return cleaned
