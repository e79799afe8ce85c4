"""Load the whole sample desk; it only talks, curation.seeding works."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from curation import demo_logins, seeding


class Command(BaseCommand):
    help = (
        "Load the sample desk: authority file, documents, a login for each role, and what an "
        "invented desk decided and published. What is there already is left as it is."
    )

    def handle(self, *args, **options):
        try:
            self.load()
        except seeding.NotLoaded as error:
            raise CommandError(
                f"The sample curation was not loaded, and nothing of it was kept.\n{error}"
            ) from error

    def load(self):
        told = seeding.read_file(settings.SEEDS / "curation.toml")
        if not seeding.was_loaded():
            call_command("load_authority", stdout=self.stdout)
            documents = settings.SEEDS / "documents"
            for line in seeding.import_documents(documents, told["source"]):
                self.stdout.write(line)
        people = demo_logins.people()
        if seeding.was_loaded():
            self.stdout.write("The sample desk is loaded already.")
        else:
            curation = seeding.load_curation(told, people)
            self.stdout.write(
                f"{len(curation.partnerships)} partnerships with {len(curation.claims)} claims."
            )
            self.go_on(curation, told["source"])
        self.stdout.write("Logins of the sample desk:")
        for line in demo_logins.told(people):
            self.stdout.write(f"  {line}")

    def go_on(self, curation, sources):
        """What was collected and decided after the summaries were published."""
        path = settings.SEEDS / "afterwards.toml"
        if path.exists():
            for line in seeding.import_documents(settings.SEEDS / "later", sources):
                self.stdout.write(line)
            try:
                seeding.load_afterwards(curation, seeding.read_file(path)["act"])
            except seeding.NotLoaded as error:
                raise CommandError(
                    "What happened afterwards was not loaded: the sample desk is as it was when "
                    f"its summaries were published.\n{error}"
                ) from error
