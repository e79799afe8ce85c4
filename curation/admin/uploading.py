"""What may be stored of a request's files: those of people who import, up to the limit."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from curation.intake import RIGHT

MB = 1024 * 1024


def is_too_large(request) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_MB * MB


class OnlyWhatMayCome(FileUploadHandler):
    """Passes over every other file, whose bytes are then read and thrown away.

    It stands before the handlers that store: the form is read before any view is asked, by
    the check against forgery, whoever sent it.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        request = self.request
        assert request is not None
        if is_too_large(request) or not request.user.has_perm(RIGHT):
            raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
