"""A block that a template fills in is one that its base prints: nothing is written into the void."""

from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.loader_tags import BlockNode, ExtendsNode

ROOT = Path(settings.TEMPLATES[0]["DIRS"][0])
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))


def extends(name: str) -> ExtendsNode | None:
    nodes = engines["django"].get_template(name).template.nodelist
    return next((node for node in nodes if isinstance(node, ExtendsNode)), None)


def printed(name: str) -> set[str]:
    """The blocks of a template and of those that it extends."""
    nodes = engines["django"].get_template(name).template.nodelist
    own = {block.name for block in nodes.get_nodes_by_type(BlockNode)}
    child = extends(name)
    return own | printed(child.parent_name.var) if child else own


def test_every_block_that_is_filled_in_is_printed_by_the_base():
    lost = {}
    for name in NAMES:
        if child := extends(name):
            filled = {node.name for node in child.nodelist if isinstance(node, BlockNode)}
            lost[name] = filled - printed(child.parent_name.var)
    assert len(lost) > 10
    assert {name: blocks for name, blocks in lost.items() if blocks} == {}
