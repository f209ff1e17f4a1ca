"""What axe (the accessibility checker of Deque) has to say of a page: its serious and critical findings."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def serious_findings(page: Page) -> list[str]:
    """Each finding as ``rule: the elements``; none on a page that is in order."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {', '.join(node['target'][0] for node in one['nodes'][:4])}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
