"""Sign-ins that failed, so that guessing a password takes for ever."""

from django.db import models


class FailedSignIn(models.Model):
    account = models.CharField(max_length=64, help_text="SHA-256 of the name that was tried.")
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="failed_sign_in_by_account")]

    def __str__(self):
        return f"{self.account[:8]} from {self.address}"
