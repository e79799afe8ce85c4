"""The form by which texts come in: choose files, look at the first of them, import."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect

from corpus.importing import limits, looking, uploads
from corpus.importing.readers import fields, formats
from curation import entering, intake
from curation.admin.base import attempt
from curation.admin.forms import DeskForm
from curation.admin.uploading import is_too_large

PAGE = "admin/corpus/importrun/upload.html"
SALT = "files that were looked at"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(each, initial) for each in data or []]


class UploadForm(DeskForm):
    ids = "upload"
    chosen = FilesField(
        label="Files",
        required=False,
        help_text=(
            f"One or several, together at most {settings.UPLOAD_MB} MB: "
            f"{', '.join(reversed(formats.BY_ENDING))}; a folder as a zip."
        ),
    )
    source_name = forms.CharField(
        label="Source",
        max_length=limits.SOURCE_NAME,
        required=False,
        help_text="Who published them, where they do not say so themselves.",
    )
    collected_at = forms.CharField(
        label="Collected at",
        max_length=40,
        required=False,
        help_text="Such as 2026-03-01 or 2026-03-01T12:00Z. Empty: now.",
    )
    mapped = forms.CharField(
        label="Fields of rows",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "Only where rows or tables use names that are not known here. One a line, such as "
            f"text=story. What can be named is: {', '.join(fields.NAMES)}."
        ),
    )

    def clean_source_name(self):
        try:
            return entering.line("source_name", self.cleaned_data["source_name"])
        except ValidationError as error:
            raise ValidationError(error.messages) from error

    def clean_collected_at(self):
        try:
            return entering.moment(self.cleaned_data["collected_at"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_mapped(self):
        lines = self.cleaned_data["mapped"].splitlines()
        try:
            return fields.mapping(line for line in lines if line.strip())
        except ValueError as error:
            raise ValidationError(str(error)) from error


def add_view(desk, request):
    """Look first, or import; the files wait meanwhile, so that they are sent once."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return show(desk, request, UploadForm())
    form = UploadForm(request.POST, files=request.FILES)
    upload = _upload(request, form)
    if not form.is_valid() or not upload:
        return show(desk, request, form, upload, status=422)
    told = {name: form.cleaned_data[name] for name in ("source_name", "collected_at")}
    told["fields"] = form.cleaned_data["mapped"]
    if request.POST.get("act") != "import":
        return show(desk, request, form, upload, looked=_look(upload, told))
    return _start(desk, request, form, upload, told)


def show(desk, request, form, upload="", looked=None, status=200):
    kept = signing.dumps([upload, request.user.pk], salt=SALT) if upload else ""
    names = [path.name for path in uploads.files_of(upload)] if upload else []
    return desk.page(
        request,
        PAGE,
        title="Import texts",
        form=form,
        kept=kept,
        names=names,
        looked=looked,
        at_most=limits.LOOKED_AT,
        largest=settings.UPLOAD_MB,
        status=status,
    )


def _start(desk, request, form, upload, told):
    started = []

    def do():
        started.append(intake.start(upload, by=request.user, **told))
        return "The import waits for the worker. You may leave this page: it goes on without you."

    answered = attempt(do)
    if not answered.done:
        form.add_error(None, answered.words)
        return show(desk, request, form, upload, status=answered.status)
    messages.success(request, answered.words)
    return HttpResponseRedirect(desk.address(started[0]))


def _upload(request, form) -> str:
    """The files that came now, else those that were looked at; what is wrong goes on the form."""
    if is_too_large(request):
        form.add_error(
            "chosen",
            f"Together they have more than {settings.UPLOAD_MB} MB. Import them in parts, or have "
            "manage.py import_documents read them where they are.",
        )
        return ""
    if files := request.FILES.getlist("chosen"):
        try:
            return uploads.keep(files)
        except uploads.Refused as refused:
            form.add_error("chosen", str(refused))
            return ""
    upload = _kept(request)
    if not upload:
        form.add_error("chosen", "Choose the files to be imported; they are kept for a day.")
    return upload


def _kept(request) -> str:
    try:
        token = request.POST.get("kept", "")
        upload, by = signing.loads(token, salt=SALT, max_age=uploads.UNUSED)
    except (signing.BadSignature, ValueError):
        return ""
    return upload if by == request.user.pk and uploads.files_of(upload) else ""


def _look(upload, told):
    return looking.look(uploads.files_of(upload), told["source_name"], fields=told["fields"])
