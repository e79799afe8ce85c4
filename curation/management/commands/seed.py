"""Load the whole sample desk; it only talks, curation.seeding works."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from curation import demo_logins, seeding

UNTOLD = (
    "What happened afterwards was not loaded: the summaries are as they were published, and texts "
    "that were collected later may be there. The next run tries again."
)


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
        there = seeding.was_loaded()
        if not there:
            call_command("load_authority", stdout=self.stdout)
            self.collect("documents", told)
        people = demo_logins.people()
        if there:
            self.stdout.write("The sample desk is loaded already.")
        else:
            curation = seeding.load_curation(told, people)
            self.stdout.write(
                f"{len(curation.partnerships)} partnerships with {len(curation.claims)} claims."
            )
        try:
            self.go_on(told, people)
        except seeding.NotLoaded as error:
            words = f"{UNTOLD}\n{error}"
            if not there:
                raise CommandError(words) from error
            self.stderr.write(words)  # people may have decided otherwise since: the desk stands
        self.stdout.write("Logins of the sample desk:")
        for line in demo_logins.told(people):
            self.stdout.write(f"  {line}")

    def collect(self, folder, told):
        for line in seeding.import_documents(settings.SEEDS / folder, told["source"]):
            self.stdout.write(line)

    def go_on(self, told, people):
        """What was collected and decided after the summaries were published."""
        path = settings.SEEDS / "afterwards.toml"
        if seeding.is_whole() or not path.exists():
            return
        acts = seeding.read_file(path)["act"]
        self.collect("later", told)
        seeding.load_afterwards(told, people, acts)
        self.stdout.write(f"{len(acts)} acts after the summaries were published.")
