"""The desk's sign-in form."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from curation import signing_in


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": "No account of this desk has this name and password. "
        "Capital letters count in both.",
    }

    def clean(self):
        assert self.request is not None  # the view hands it in
        name = self.cleaned_data.get("username", "")
        place = signing_in.place_of(self.request, name)
        if signing_in.is_locked(name, place):
            minutes = int(signing_in.WITHIN.total_seconds() // 60)
            raise ValidationError(
                f"Too many failed attempts with this name. Try again in {minutes} minutes, "
                "or now with a browser that you signed in with before.",
                code="locked",
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            signing_in.failed(name, place)
            raise
        signing_in.succeeded(name, place)
        return cleaned
