"""Publish what is due, and tell which days have come; it only talks, the verbs work."""

from django.core.management.base import BaseCommand, CommandError

from curation import revisiting, scheduling


class Command(BaseCommand):
    help = (
        "Publish the approved summaries whose time has come, in the name of the publisher who "
        "set it. The gate is asked again: what it refuses loses its time, and is told here and "
        "on the desk's front page. What was to be looked at again by now is put before its "
        "writers. Workers do the same by themselves. Exit code 1 when anything was refused."
    )

    def handle(self, *args, **options):
        refused = 0
        for outcome in scheduling.publish_due():
            name = outcome.summary.partnership.name
            if outcome.edition:
                self.stdout.write(f"{name}: edition {outcome.edition.n} is public.")
            else:
                refused += 1
                self.stdout.write(f"{name}: not published. {outcome.because}")
        for day in revisiting.tell_what_passed():
            self.stdout.write(f"{day.summary.partnership.name}: to be looked at again.")
        if refused:
            raise CommandError(f"{refused} not published.")
