"""F 自由章: a chapter that a combined plan adds. Its title and place are those of its part."""

from planwizard.blueprint.kinds import FieldSet, Level, Prose, Sheet

SHEET = Sheet(
    "free",
    "自由章",
    "chapter",
    (
        FieldSet(
            "本文",
            (
                Prose(
                    "free_text",
                    "本文",
                    level=Level.REQUIRED,
                    max_chars=8000,
                    help="雛型に無い、自市の計画の章を書きます。",
                    example="防災とデジタル……",
                    source="実例",
                ),
            ),
        ),
    ),
    guide="兼用の計画が持つ、雛型に無い章です。題と順は章立ての画面で変えられます。",
    pitfall="雛型の章に当たる内容は、その章に書くと点検の対象になります。",
)
