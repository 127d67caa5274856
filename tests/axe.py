"""What axe finds on the page that is open."""

from __future__ import annotations

from collections.abc import Mapping

from axe_playwright_python.base import AXE_FILE_PATH

RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")
# So low that no bar stays in sight: half of a control that scrolled below one would count as too small.
LOW = 480


def violations(page, rules: Mapping | None = None, *, also: tuple[str, ...] = ()) -> list[str]:
    """``rule: element`` of each; ``rules`` switches single rules, ``also`` names further sets."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": LOW})
    page.locator("[data-long]").first.wait_for(state="detached")  # what is not laid out has no size
    page.evaluate(AXE_FILE_PATH.read_text())
    # Without the preload, which serves no rule of these sets and writes inline styles that the policy refuses.
    options = {"runOnly": [*RULES, *also], "rules": rules or {}, "preload": False}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    page.set_viewport_size(size)
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
