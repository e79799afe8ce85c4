"""What can be done about findings: note one, withdraw one."""

from django import forms

from curation import inquiring
from curation.admin.fields import EdtfField, EntityField
from curation.admin.moves import Move
from curation.models import Finding


class NoteFinding(Move):
    permission = "curation.add_finding"
    label = "Note this finding"
    kind = forms.ChoiceField(label="what the desk did", choices=Finding.Kind.choices)
    words = forms.CharField(
        max_length=500, label="what was searched for, asked or compared", widget=forms.Textarea
    )
    place = forms.CharField(
        max_length=300, required=False, label="where", help_text="A register, an archive, a site."
    )
    asked = EntityField(
        required=False, label="who was asked", help_text="Only of a question: a name that is known."
    )
    date = EdtfField(label="when")
    outcome = forms.ChoiceField(label="outcome", choices=Finding.Outcome.choices)
    result = forms.CharField(
        max_length=1000,
        label="what came of it, as readers are told",
        help_text="“Not found” where it was looked for; never that it does not exist.",
        widget=forms.Textarea,
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        for name in ("words", "result"):
            self.fields[name].widget.attrs["rows"] = 2

    def act(self, by):
        said = self.cleaned_data | {"asked": self.cleaned_data["asked"] or None}
        finding = inquiring.note_finding(self.about, by=by, **said)
        return f"Noted: a summary cites it as [@{finding.key}]."


class WithdrawFinding(Move):
    permission = "curation.add_finding"
    label = "Withdraw this finding"
    finding = forms.ModelChoiceField(Finding.objects.none(), widget=forms.HiddenInput)
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("finding", about.findings.in_force())

    def act(self, by):
        finding = self.cleaned_data["finding"]
        inquiring.withdraw_finding(finding, by=by, reason=self.cleaned_data["reason"])
        return f"{finding.key} is withdrawn; the ledger keeps why."
