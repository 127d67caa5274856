"""What a child is given comes back as it was, and a document is known by its hash."""

import json
from dataclasses import replace

import pytest

from planwizard.blueprint.content import Asset
from planwizard.exports.order import Order, content_hash
from planwizard.manuscript.options import Options
from tests.manuscript import plans


@pytest.mark.parametrize("content", [plans.empty(), plans.small(), plans.decided(plans.plan())])
def test_an_order_comes_back_as_it_was(content):
    content = replace(content, assets={"a" * 64: Asset("a" * 64, "image/png", 20, 10)})
    order = Order("docx", content, "/pictures", options=Options(budgets=True), pages={"ch1": "1"})
    assert Order.loads(order.dumps()) == order


def test_the_same_document_has_the_same_hash():
    assert content_hash(plans.small(), Options()) == content_hash(plans.small(), Options())


def test_budgets_are_another_document():
    assert content_hash(plans.small(), Options()) != content_hash(plans.small(), Options(budgets=True))


def test_one_other_word_is_another_document():
    plan = plans.plan()
    other = replace(plan, version_label="第9版")
    assert content_hash(plan, Options()) != content_hash(other, Options())


def test_an_order_is_plain_json():
    assert json.loads(Order("pdf", plans.small(), "").dumps())["format"] == "pdf"
