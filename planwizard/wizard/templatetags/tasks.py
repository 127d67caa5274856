"""The rows of the task list: drawn in Python, for a plan may have two hundred sheets."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from planwizard.wizard.markup import NOTHING, fill, join
from planwizard.wizard.tasks import Task

register = template.Library()

_ITEM = (
    '\n<li class="pw-tasks__item" id="task_{}"><a class="pw-tasks__title" href="{}">{}</a> '
    '<span class="pw-tasks__remains">{}</span> <span class="pw-tasks__who">{} {}</span> '
    '<span class="pw-chip" data-state="{}">{}</span></li>'
)


@register.simple_tag
def task_items(tasks: Iterable[Task]) -> SafeString:
    return join(map(_item, tasks))


def _item(task: Task) -> SafeString:
    if task.remains:
        remains = fill('<a href="{}">{}</a>', task.remains_url, task.remains)
    else:
        remains = task.note
    saved = fill('<span class="pw-tasks__saved">{}</span>', task.saved) if task.saved else NOTHING
    return fill(
        _ITEM,
        *(task.key, task.url, task.title, remains, task.who, saved, task.state, task.state_words),
    )
